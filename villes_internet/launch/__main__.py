"""`make run`, once the virtualenv is there: the whole site on this machine, until told to stop."""

import http.client
import importlib
import importlib.util
import os
import subprocess
import time
from collections.abc import Iterator

from villes_internet.launch.bootstrap import (
    PROJECT,
    STEPS,
    VAR,
    Refusal,
    chosen_port,
    plainly,
    refuse_busy_port,
    step,
    take_the_site,
)
from villes_internet.launch.guard import Guard
from villes_internet.launch.postgres import Cluster
from villes_internet.launch.processes import Interruption, Service, Services, python

LOGS = VAR / "log"
TOTAL = STEPS["run"]
READY_WITHIN = 60.0  # seconds


class Stopped(Exception):  # noqa: N818
    """The developer has asked to stop."""


def main() -> None:
    port = chosen_port()
    address = f"http://127.0.0.1:{port}/"
    lock = take_the_site()
    refuse_busy_port(port)
    LOGS.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="villes_internet.settings.development",
        PORT=str(port),
        PYTHONUNBUFFERED="1",
        C_FORCE_ROOT="1",
    )
    cluster = None if "DATABASE_URL" in os.environ else Cluster(PROJECT)
    interruption = Interruption()
    guard = Guard(
        first=lambda: os.truncate(lock.fileno(), 0),
        last=cluster.stop_if_unused if cluster else lambda: None,
    )
    services = Services(guard, interruption)
    try:
        with step(4, TOTAL, "PostgreSQL"):
            if cluster:
                cluster.lease()
        with step(5, TOTAL, "données"):
            prepare(guard, interruption)
        with step(6, TOTAL, "site"):
            wait_until_ready(start_web(services, port), port, interruption)
        start_background(services)
        lock.write(address)
        lock.flush()
        announce(address)
        while not interruption:
            services.tend()
            lease_again_if_fallen(cluster)
            time.sleep(0.2)
        print("\nArrêt, le temps de finir les tâches en cours (Ctrl-C à nouveau : sans attendre)…")
    except Stopped:
        pass
    finally:
        os.truncate(lock.fileno(), 0)
        services.stop()
        if cluster:
            cluster.release()
        guard.dismiss()
    print("Tout est arrêté.")


def lease_again_if_fallen(cluster: Cluster | None) -> None:
    if cluster and not cluster.is_running():
        print("PostgreSQL : arrêt inattendu, relance.", flush=True)
        cluster.lease()


def prepare(guard: Guard, interruption: Interruption) -> None:
    child = subprocess.Popen(python("villes_internet.launch.prepare"), start_new_session=True)
    guard.watch(child.pid)
    while child.poll() is None:
        if interruption:
            child.terminate()
            child.wait()
        time.sleep(0.05)
    guard.forget(child.pid)
    if interruption:
        raise Stopped
    if child.returncode:
        raise Refusal(f"La préparation des données a échoué. Détails : {LOGS / 'prepare.log'}")


def start_web(services: Services, port: int) -> Service:
    command = python(
        "gunicorn",
        *("villes_internet.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        *("--graceful-timeout", "5"),
    )
    return services.start(Service("Site", command, LOGS / "web.log"))


def start_background(services: Services) -> None:
    celery = python("celery", "-A", "villes_internet", "--no-color")
    beat = (*celery, "beat", "--schedule", str(VAR / "beat-schedule"))
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = (*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *quiet)
    services.start(Service("Horloge", beat, LOGS / "beat.log"))
    services.start(Service("Tâches de fond", worker, LOGS / "worker.log"))


def wait_until_ready(web: Service, port: int, interruption: Interruption) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not answers(port):
        if not web.lives or time.monotonic() > deadline:
            raise Refusal(f"Le site n’a pas pu démarrer :\n{web.last_words()}\nDétails : {web.log}")
        time.sleep(0.1)
        if interruption:
            raise Stopped


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/sante/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(address: str) -> None:
    print(f"\nLe site est prêt : {address}")
    print(f"Le courrier qu’il envoie se lit ici : {address}demo/courrier/\n")
    print("\n".join(demonstration_accounts()))
    print(f"Journaux : {LOGS}\nCtrl-C arrête tout.", flush=True)


def demonstration_accounts() -> Iterator[str]:
    if not importlib.util.find_spec("villes_internet.demo.accounts"):
        return
    accounts = importlib.import_module("villes_internet.demo.accounts").ACCOUNTS
    yield "Comptes de démonstration (la connexion envoie un code, à lire dans le courrier) :"
    email, role = (max(len(getattr(a, name)) for a in accounts) for name in ("email", "role"))
    for account in accounts:
        yield f"  {account.email:{email}}  {account.role:{role}}  {account.purpose}"
    yield ""


if __name__ == "__main__":
    with plainly():
        main()
