"""The fonts of a page: which come with the installation, what each has, and what a text does without.

A page is set with fonts that Python packages bring, in versions that are fixed, and with nothing else: so it
is the same page on every machine. Only a family that a style sheet names and no package has, and a character
that no package's font has, are looked for among the machine's own fonts; each time that is a finding.
"""

from paperbuild.fonts.choice import Choice, chosen, missing
from paperbuild.fonts.families import FAMILIES, Family, family

__all__ = ["FAMILIES", "Choice", "Family", "chosen", "family", "missing"]
