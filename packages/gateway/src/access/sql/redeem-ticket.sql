-- Uses a ticket up. $1 digest
delete from headway.ticket where digest = $1
returning principal, ip, expires_at > now() as "isLive"
