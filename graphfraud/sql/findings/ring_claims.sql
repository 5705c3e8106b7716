-- purpose: the claims that decide about each group, down to the source row
-- parameters: none; reads the registered table deciding(ring, event, claim_id)
-- columns out: ring, event, claim_id, person_id, facility_id, start_time, total_amount, fund_amount,
--              feed_id, record_no, record_hash (hex), doctor_id, region,
--              diagnosed, seen_by_doctor (whether the claim says by what, by whom)
SELECT d.ring, d.event, c.claim_id, c.person_id, c.facility_id, c.start_time,
       c.total_amount, coalesce(c.fund_amount, 0) AS fund_amount,
       c.feed_id, c.record_no, lower(hex(c.record_hash)) AS record_hash,
       coalesce(c.doctor_id, '') AS doctor_id,
       coalesce(f.region, c.settle_region, '') AS region,
       c.diagnosis_code IS NOT NULL AS diagnosed, c.doctor_id IS NOT NULL AS seen_by_doctor
FROM deciding d
JOIN claims c USING (claim_id)
LEFT JOIN facilities f ON f.facility_id = c.facility_id
ORDER BY d.ring, d.event, c.start_time, c.claim_id;
