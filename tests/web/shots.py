"""Pictures of the pages at three widths, light and dark, for people to look at: ``make shots``.

python -m tests.web.shots [--out DIR] [--only NAME ...]
"""

from __future__ import annotations

import argparse
import shutil
from itertools import product
from pathlib import Path

from tests.web.browsing import SCHEMES, SIZES, chromium, opened
from tests.web.pages import NAMES, ROOT, Pages


def main() -> None:
    """Makes the pages and takes their pictures."""
    args = _arguments()
    shutil.rmtree(args.out, ignore_errors=True)
    pages = Pages(args.out / "pages")
    with chromium() as browser:
        for (name, kind), (width, height), scheme in product(NAMES, SIZES, SCHEMES):
            if args.only and name not in args.only:
                continue
            size = {"width": width, "height": height}
            with opened(
                browser, pages.get(name, kind).path.as_uri(), viewport=size, color_scheme=scheme
            ) as page:
                page.screenshot(path=args.out / f"{name}.{kind}.{width}.{scheme}.png", full_page=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build/web/shots", help="folder for the pictures")
    parser.add_argument("--only", nargs="*", default=[], help="names of the manuscripts to show")
    return parser.parse_args()


if __name__ == "__main__":
    main()
