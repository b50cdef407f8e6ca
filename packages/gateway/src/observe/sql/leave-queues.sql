-- Gives the leases of an observer back. $1 its id
update headway.observed_queue set holder = null, lease_until = now() where holder = $1
