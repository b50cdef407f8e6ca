const job = trackExportUsers({ userId });
// Later, clean up manually
job.unsubscribe();
