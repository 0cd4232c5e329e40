"""Forgets the demonstration: its database, its files. The next `make run` makes them anew."""

import shutil

from villes_internet.launch.bootstrap import PROJECT, VAR, Refusal, plainly
from villes_internet.launch.postgres import Cluster


def main() -> None:
    cluster = Cluster(PROJECT)
    if not cluster.stop_if_unused():
        raise Refusal("La base est utilisée : arrêtez d’abord le site.")
    for folder in (cluster.data, VAR / "media"):
        shutil.rmtree(folder, ignore_errors=True)
    for schedule in VAR.glob("beat-schedule*"):
        schedule.unlink()
    print("Les données de démonstration sont effacées. « make run » les recrée.")


if __name__ == "__main__":
    with plainly():
        main()
