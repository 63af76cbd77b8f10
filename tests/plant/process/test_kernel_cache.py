"""Where compiled equations lie."""

import os
import subprocess
import sys
import textwrap

LOOP = """
    from pathlib import Path
    from plant.process import kernel_cache
    from plant.process.compiler import loop

    @loop
    def double(x):
        return 2.0 * x

    with kernel_cache.compiling():
        double(1.0)
    print(kernel_cache.is_ready(), sum(double.stats.cache_misses.values()), sum(double.stats.cache_hits.values()))
"""


def started(tmp_path, **environment):
    program = tmp_path / "program.py"
    if not program.exists():
        program.write_text(textwrap.dedent(LOOP))
    where = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": os.getcwd(), **environment}
    return subprocess.Popen([sys.executable, program], env=where, stdout=subprocess.PIPE, text=True)


def said(process):
    return process.communicate()[0].split()


def test_what_one_process_has_compiled_the_next_takes_from_the_cache(tmp_path):
    assert said(started(tmp_path)) == ["True", "1", "0"]
    assert said(started(tmp_path)) == ["True", "0", "1"]


def test_of_processes_that_start_together_one_compiles(tmp_path):
    answers = sorted(said(one) for one in [started(tmp_path), started(tmp_path)])
    assert answers == [["True", "0", "1"], ["True", "1", "0"]]


def test_a_process_that_may_write_to_no_cache_compiles_for_itself(tmp_path):
    (tmp_path / "file").touch()  # where a folder would have to be
    assert said(started(tmp_path, XDG_CACHE_HOME=str(tmp_path / "file"))) == ["True", "1", "0"]


def test_folders_of_old_sources_are_thrown_away(tmp_path):
    old = [tmp_path / "cache" / "gemelo" / f"kernels-{number:016d}" for number in range(9)]
    for age, place in enumerate(reversed(old)):
        place.mkdir(parents=True)
        os.utime(place, (1e9 - age, 1e9 - age))
    said(started(tmp_path))
    assert [place.exists() for place in old] == [False] * 4 + [True] * 5
