"""Reports work in Python to PostgreSQL. The gateway reads it there and shows it in any browser.

    DATABASE_URL=postgresql://… python3 worker.py [rows]

Needs psycopg2 (Debian: python3-psycopg2). Prints the job's id, to attach to it or to cancel it.
"""

import json
import os
import sys
import time

import psycopg2


class Job:
    """One job of this process. Each report returns the job's current status."""

    def __init__(self, connection, name):
        self.cursor = connection.cursor()
        self.id = self.ask("start_job(%s)", name)

    def ask(self, call, *values):
        self.cursor.execute("select headway." + call, values)
        return self.cursor.fetchone()[0]

    def progress(self, percent, message=None):
        return self.ask("progress(%s, %s, %s)", self.id, percent, message)

    def count(self, done, total, unit=None, message=None):
        return self.ask("progress(%s, %s, %s, %s, %s)", self.id, done, total, unit, message)

    def complete(self, output):
        return self.ask("complete(%s, %s)", self.id, json.dumps(output))

    def fail(self, error):
        return self.ask("fail(%s, %s)", self.id, str(error))

    def cancelled(self):
        return self.ask("cancelled(%s)", self.id)


def main(rows):
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True  # the gateway sees committed reports only
    job = Job(connection, "import_users")
    print(job.id, flush=True)
    try:
        for row in range(1, rows + 1):
            time.sleep(0.01)  # import a row here
            if job.count(row, rows, "rows", f"row {row} of {rows}") == "cancel_requested":
                return job.cancelled()
        return job.complete({"rows": rows})
    except Exception as error:
        job.fail(error)
        raise


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
