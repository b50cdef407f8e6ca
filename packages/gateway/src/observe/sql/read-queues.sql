-- All queues that were ever observed: one that is gone from Redis may have runs without an end.
select queue from headway.observed_queue
