CREATE TABLE notes (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic TEXT NOT NULL,
    text TEXT NOT NULL
);

SELECT forge_enable_reactivity('notes');
