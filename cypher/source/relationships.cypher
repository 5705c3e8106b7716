// Purpose: every relationship of one type between two labels, with properties of it and its ends.
//   Labels, types and property names are the user's texts and stay values: none becomes query text.
// Parameters: $type; $start, $end: labels; $properties, $start_properties, $end_properties: names;
//   $zone: where times with a zone are read, NULL leaves them.
// Returns: cells: its own values, then those of its start, then of its end; in the same forms as
//   source/nodes gives them.
MATCH (a:$($start))-[r:$($type)]->(b:$($end))
WITH [property IN $properties | r[property]]
  + [property IN $start_properties | a[property]]
  + [property IN $end_properties | b[property]] AS cells
RETURN [cell IN cells | CASE
  WHEN cell IS :: STRING | INTEGER | FLOAT | BOOLEAN THEN cell
  WHEN cell IS :: ZONED DATETIME AND $zone IS NOT NULL
    THEN {time: toString(localdatetime(datetime({datetime: cell, timezone: $zone})))}
  WHEN cell IS :: DATE | LOCAL DATETIME | ZONED DATETIME | LOCAL TIME | ZONED TIME | DURATION
    THEN {time: toString(cell)}
  WHEN cell IS :: LIST<ANY> THEN {list: toStringList(cell)}
  ELSE {form: valueType(cell), text: toStringOrNull(cell)}
END] AS cells
