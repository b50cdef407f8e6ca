-- What a start leaves behind so that it can be made again: by the same key, or as a retry.
alter table headway.run
  -- Who started it; null: nobody in particular, and whoever knows the id may follow it.
  add column owner text,
  add column idempotency_key text,
  -- The arguments as they were checked. `json`, for the reasons that `output` is.
  add column args json,
  -- The engine's own id: another one for each time it is handed over.
  add column engine_id text;
