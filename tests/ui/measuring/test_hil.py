"""The bench of hardware in the loop, in its shortest form."""

from ui.measuring import hil

FIGURES = {
    "bench_start_s", "jitter_p99_ms_100", "overruns_100", "lost_scans_100", "jitter_p99_ms_20", "overruns_20",
    "lost_scans_20", "proxy_p99_ms", "proxy_requests_per_s", "capture_gaps", "captured_samples",
}  # fmt: skip


def test_its_shortest_form_has_every_figure_and_its_peers_of_the_same_run(require_peer):
    require_peer("gcc")
    measured = hil.run(1.0)
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert set(measured["figures"]) >= FIGURES
    assert set(measured["peers"]) >= {"bare_jitter_p99_ms_100", "bare_jitter_p99_ms_20", "direct_requests_per_s"}
    assert measured["figures"]["captured_samples"] > 0
