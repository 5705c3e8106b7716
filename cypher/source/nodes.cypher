// Purpose: every node of one label: some of its properties, and properties one step away from it.
//   Labels, types and property names are the user's texts and stay values: none becomes query text.
//   A step that reaches several different values gives a list of the first three.
// Parameters: $label; $properties: names; $steps: maps of way ('out', 'in' or 'any'), type, node
//   (a label) and property; $zone: where times with a zone are read, NULL leaves them.
// Returns: cells: a value for each property, then for each step. Texts, numbers and truths come as
//   they are, times as {time: text}, anything else as {list: texts} or {form: type, text: text}.
MATCH (n:$($label))
WITH [property IN $properties | n[property]] AS own, [step IN $steps | COLLECT {
  MATCH (n)-[r:$(step.type)]-(m:$(step.node))
  WHERE m[step.property] IS NOT NULL AND CASE step.way
    WHEN 'out' THEN startNode(r) = n
    WHEN 'in' THEN endNode(r) = n
    ELSE true
  END
  WITH DISTINCT m[step.property] AS value, valueType(m[step.property]) AS form
  ORDER BY form, value LIMIT 3
  RETURN value
}] AS reached
WITH own + [values IN reached | CASE WHEN size(values) < 2 THEN values[0] ELSE values END] AS cells
RETURN [cell IN cells | CASE
  WHEN cell IS :: STRING | INTEGER | FLOAT | BOOLEAN THEN cell
  WHEN cell IS :: ZONED DATETIME AND $zone IS NOT NULL
    THEN {time: toString(localdatetime(datetime({datetime: cell, timezone: $zone})))}
  WHEN cell IS :: DATE | LOCAL DATETIME | ZONED DATETIME | LOCAL TIME | ZONED TIME | DURATION
    THEN {time: toString(cell)}
  WHEN cell IS :: LIST<ANY> THEN {list: toStringList(cell)}
  ELSE {form: valueType(cell), text: toStringOrNull(cell)}
END] AS cells
