"""The result tables of a run: their columns and kinds, as the data contract lists them.

Beside the contract's files a run folder holds what a reader needs to check a ring: its ties between
persons and between other things, what each pattern says that found it, the claims that decide, the
innocent reasons that were tested, the conduct signals with their points, facilities far above their
peers, and where each claim was delivered. That last table names files and records; so it alone
depends on how the rows came, and stays out of the result hash.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResultTable:
    """One file of a run: column names in order, each with its kind.

    Kinds: text | int | money (fen inside, yuan in the file) | share (six decimals) | p (six
    significant digits) | time. added: columns that runs of earlier versions do not have.
    """

    name: str
    columns: dict[str, str]
    added: tuple[str, ...] = ()

    @property
    def hashed(self) -> bool:
        """Say whether the table is part of the result hash."""
        return self.name != "claim_sources"

    @property
    def file(self) -> str:
        """Return the file's name."""
        return f"{self.name}.csv"


def _table(name: str, columns: str, *added: str) -> ResultTable:
    pairs = (entry.rsplit(":", 1) for entry in columns.split())
    return ResultTable(name, dict(pairs), added)


RESULTS = {
    table.name: table
    for table in (
        _table(
            "rings",
            "ring_id:text rank:int pattern:text status:text explanation:text score:share p_value:p "
            "n_persons:int n_doctors:int n_facilities:int n_accounts:int n_claims:int "
            "total_amount:money fund_amount:money first_time:time last_time:time regions:text "
            "observed:int expected:share lift:share summary_zh:text summary_en:text "
            "also_found_by:text fund_amount_once:money variants:text stability:share",
            "stability",
            "variants",
        ),
        _table(
            "ring_members",
            "ring_id:text entity_type:text entity_id:text role:text weight:share stability:share "
            "standing:text",
            "stability",
            "standing",
        ),
        _table(
            "duplicate_claims",
            "claim_id_a:text claim_id_b:text kind:text score:share "
            "fund_amount_at_risk:money reason:text reason_zh:text",
        ),
        _table(
            "identity_links",
            "person_id_a:text person_id_b:text cluster_id:text score:share reason:text",
        ),
        _table(
            "entity_scores",
            "entity_type:text entity_id:text score:share degree:int pagerank:share "
            "betweenness:share core:int ring_ids:text watchlist_reach:share "
            "watchlist_expected:share watchlist_percentile:p watchlist_listed:text "
            "betweenness_error:share",
        ),
        _table(
            "peer_lines",
            "facility_id:text index:text value:p peer_median:p n_peers:int level:int peers:text "
            "n:int",
        ),
        _table(
            "ring_ties",
            "ring_id:text person_id_a:text person_id_b:text observed:int expected:p lift:p "
            "p_value:p q_value:p explained_by:text",
        ),
        _table(
            "ring_links",
            "ring_id:text pattern:text entity_type_a:text entity_id_a:text entity_type_b:text "
            "entity_id_b:text observed:int expected:p lift:p p_value:p q_value:p",
        ),
        _table(
            "ring_patterns",
            "ring_id:text pattern:text status:text p_value:p observed:int expected:share "
            "lift:share summary_zh:text summary_en:text",
        ),
        _table(
            "ring_claims",
            "ring_id:text event:int claim_id:text person_id:text facility_id:text start_time:time "
            "total_amount:money fund_amount:money",
        ),
        _table("claim_sources", "claim_id:text feed_id:text record_no:int record_hash:text"),
        _table(
            "ring_reasons",
            "ring_id:text code:text found:text share:share sentence_zh:text sentence_en:text",
        ),
        _table(
            "ring_signals",
            "ring_id:text code:text assessed:text value:share points:share sentence_zh:text "
            "sentence_en:text claims:text",
        ),
    )
}
