import json
import subprocess
import sys

HEAVY = {
    "duckdb",
    "igraph",
    "neo4j",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pyvis",
    "rich",
    "scipy",
    "streamlit",
    "typer",
    "yaml",
}
ENGINE = HEAVY - {"rich", "typer"}


def loaded_by(code: str) -> set[str]:
    program = f"import json, sys\n{code}\njson.dump(sorted(sys.modules), sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not loaded_by("import graphfraud; dir(graphfraud)") & HEAVY


def test_help_loads_neither_engine_nor_tables() -> None:
    assert not loaded_by("from graphfraud.cli import main; main(['--help'])") & ENGINE


def test_reading_results_loads_neither_engine_nor_kernels() -> None:
    assert not loaded_by("import graphfraud; graphfraud.Results") & {"duckdb", "numba", "streamlit"}
