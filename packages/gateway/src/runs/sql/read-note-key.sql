select key from headway.note_mark
