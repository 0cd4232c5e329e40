.PHONY: help run test lint lock bench clean-demo

BOOTSTRAP = @command -v python3 >/dev/null || { printf '%s\n' 'Il manque Python 3.11 ou plus récent.' \
	'  Debian, Ubuntu : apt-get install python3 python3-pip' '  macOS : brew install python@3.13'; exit 1; }; \
	exec python3 villes_internet/launch/bootstrap.py
PYTHON = .venv/bin/python
COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml

help:  ## Montre les commandes
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run:  ## Installe ce qu’il faut et démarre le site de démonstration (PORT=8123 make run)
	$(BOOTSTRAP) run

test:  ## Installe ce qu’il faut, vérifie le code et joue tous les tests
	$(BOOTSTRAP) test

lint:  ## Vérifie le code sans jouer les tests
	@$(PYTHON) -m villes_internet.launch.checks lint

lock:  ## Fige à nouveau les versions des dépendances
	$(COMPILE) --group dev --output-file requirements-dev.txt
	$(COMPILE) --constraint requirements-dev.txt --output-file requirements.txt

bench:  ## Mesure ce que le README affirme
	@$(PYTHON) -m benchmarks

clean-demo:  ## Efface la base et les fichiers de démonstration
	@$(PYTHON) -m villes_internet.launch.clean
