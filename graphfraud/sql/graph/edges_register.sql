-- Purpose:    the relations of the register that go by one word, or by none of the known ones.
-- Parameters: {rows}: name of the view to make, {columns}, {word_of}: name of the variable that
--             keeps the word; word: it, or "*"; words: all that have a kind of their own; reads
--             relations, parties
-- Columns:    ({rows}) source, target, then the kind's properties
SET VARIABLE {word_of} = $word;
SET VARIABLE register_words = $words;
CREATE OR REPLACE TEMPORARY VIEW {rows} AS
SELECT {columns}
FROM relations AS t
INNER JOIN (SELECT entity_type AS from_type, entity_id AS from_id, node AS source FROM parties)
    USING (from_type, from_id)
INNER JOIN (SELECT entity_type AS to_type, entity_id AS to_id, node AS target FROM parties)
    USING (to_type, to_id)
WHERE CASE
    WHEN getvariable('{word_of}') = '*' THEN NOT list_contains(getvariable('register_words'), relation)
    ELSE relation = getvariable('{word_of}')
END;
