"""Published figures: what they are, where they stand, and their average where one may be made.

A plain library without screen or notebook. Nothing heavy is loaded by importing it: numpy, scipy and statsmodels
come with the first :func:`pool`, numpy with :func:`simulate_sites`. Texts are plain, to be escaped in HTML.

Examples
--------
>>> from mi_helpers import evidence
>>> trials = evidence.evidence_set("heckman-4-8")
>>> kept, left_out = evidence.poolable_part(trials.estimates)
>>> pooled = evidence.pool(kept, "OR")
>>> evidence.figure(pooled.value, pooled.low, pooled.high, "en")
'1.23 (0.93 to 1.63)'
"""

from mi_helpers.evidence.cells import Problem, column_name
from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.estimates import Counts, Estimate, from_counts, from_interval, from_means, from_r, turned_round
from mi_helpers.evidence.export import citations, citations_text, to_csv
from mi_helpers.evidence.findings import ANSWERS, Arrow, Claim, Finding, answer_labels, arrows, claims, nodes, variation
from mi_helpers.evidence.forest import SORTS, Forest, ForestRow, Table, figure, forest
from mi_helpers.evidence.numbers import interval, number, p_value, percent, whole
from mi_helpers.evidence.own import LIMITS, Studies, column_help, read_rows, read_studies, template_csv
from mi_helpers.evidence.pooling import LeftOut, Pooled, check_poolable, leave_one_out, pool, poolable_part
from mi_helpers.evidence.scales import SCALES, Scale, scale_info
from mi_helpers.evidence.shipped import EvidenceSet, Publication, evidence_set, publications, sets
from mi_helpers.evidence.sites import Site, Sites, simulate_sites, therapist_sd_for, therapist_share
from mi_helpers.evidence.texts import maybe, say

__all__ = [
    "ANSWERS", "Arrow", "Claim", "Counts", "Estimate", "EvidenceError", "EvidenceSet", "Finding", "Forest", "ForestRow",
    "LIMITS", "LeftOut", "Pooled", "Problem", "Publication", "SCALES", "SORTS", "Scale", "Site", "Sites", "Studies",
    "Table", "answer_labels", "arrows", "check_poolable", "citations", "citations_text", "claims", "column_help",
    "column_name", "evidence_set", "figure", "forest", "from_counts", "from_interval", "from_means", "from_r",
    "interval", "leave_one_out", "maybe", "nodes", "number", "p_value", "percent", "pool", "poolable_part",
    "publications", "read_rows", "read_studies", "say", "scale_info", "sets", "simulate_sites", "template_csv",
    "therapist_sd_for", "therapist_share", "to_csv", "turned_round", "variation", "whole",
]
