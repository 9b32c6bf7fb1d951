#!/usr/bin/env python3
"""Asks the built program about the public cases of this folder, and compares its answers with the right ones.

    check.py PROGRAM [CASE ...]

It shares no code with the program. It prints what is wrong, and ends with 1 where something is.
"""

import csv
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

B = os.path.abspath(sys.argv[1])
F = os.path.dirname(os.path.abspath(__file__))
WORK = tempfile.mkdtemp(prefix="yadokari-field-")
env = dict(os.environ, SWIFT_BACKTRACE="enable=no", YADOKARI_NOW="2027-06-01T00:00:00Z", TZ="UTC")
fails = []
cur = ""


def case(c):
    """The folder of a case."""
    return [os.path.join(F, d) for d in os.listdir(F) if d.split("-")[0] == c][0]


def y(*a, ok=(0,), e=None):
    """Runs the program; what it prints. An exit code that is not in `ok` is a failure."""
    ee = dict(env)
    ee.update(e or {})
    p = subprocess.run(["timeout", "-k", "5", "60", B, *a], capture_output=True, text=True, env=ee)
    if ok is not None and p.returncode not in ok:
        fail(f'exit {p.returncode}: {" ".join(a)}: {p.stderr.strip()[:300]} {p.stdout[:200]}')
    y.rc = p.returncode
    y.err = p.stderr
    return p.stdout


def j(*a, **k):
    """Runs the program with -o json; the document, or None."""
    o = y(*a, "-o", "json", **k)
    try:
        return json.loads(o)
    except Exception:
        return None


def fail(s):
    """Notes what is wrong."""
    fails.append((cur, s))
    print(f"{cur}: {s}")


def eq(what, got, want):
    """Asks that two values are equal."""
    if got != want:
        fail(f"{what}: got {got!r}, want {want!r}")


def t(s):
    """A time without a fraction that is zero."""
    return s and s.replace(".000000Z", "Z")


def approx(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) < 1.5e-3)


def inc(doc, i=0, **w):
    if not doc or len(doc["incidents"]) <= i:
        fail(f'no incident {i}: {doc and doc["incidents"]}')
        return None
    x = doc["incidents"][i]
    vms = w.pop("vms", None)
    for k, v in w.items():
        g = x.get(k)
        if isinstance(g, str) and k.endswith("_at"):
            g = t(g)
        if isinstance(v, (list, tuple)) and g in v:
            continue
        eq(f"incident[{i}].{k}", g, v)
    if vms is not None:
        eq(f"incident[{i}] vms", sorted(v["vm"] for v in x["vms"]), sorted(vms))
        for v in x["vms"]:
            for k, wv in vms.get(v["vm"], {}).items():
                g = v.get(k)
                if k in ("up_at", "down_since", "removed_at"):
                    g = t(g)
                if k == "downtime_s" and isinstance(wv, (int, float)):
                    if g is None or abs(g - wv) > 0.01:
                        fail(f'{v["vm"]}.{k}: got {g}, want {wv}')
                elif callable(wv):
                    if not wv(g):
                        fail(f'{v["vm"]}.{k}: got {g!r}')
                else:
                    eq(f'{v["vm"]}.{k}', g, wv)
    return x


def n(doc, k):
    if doc is None:
        fail("no doc")
        return
    eq("incidents", len(doc["incidents"]), k)


def vm(vm, outcome=None, **k):
    d = {"outcome": outcome}
    d.update(k)
    return d


R = "restarted"
RH = "recovered_with_host"
NT = "no_trace"
cases = {}


def c(f):
    cases[f.__name__] = f
    return f


def tmpdb():
    d = tempfile.mkdtemp(dir=WORK)
    return os.path.join(d, "x.db")


def where(v, at, db=None, frm=None):
    a = ["vm", "where", v, "--at", at]
    a += ["--db", db] if db else ["--from", frm]
    d = j(*a, ok=None)
    if d is None:
        return None
    for key in ("placements", "vms", "items"):
        if key in d:
            return d[key][0] if d[key] else None
    return d


def hp(v, at, db=None, frm=None):
    d = where(v, at, db, frm)
    if not d:
        return ("?", y.rc, y.err[:200])
    return (d.get("host"), d.get("power"))


@c
def C1():
    d = case("C1")
    for f, fa, dt in (
        ("with-lost.csv", "2026-05-21T13:42:07Z", 103),
        ("no-lost.csv", "2026-05-21T13:42:31Z", 79),
        ("events-l.json", "2026-05-21T13:42:31.800000Z", 78.6),
        ("events.xml", "2026-05-21T13:42:31.800000Z", 78.6),
    ):
        x = j("ha", "affected", "--from", f"{d}/{f}", "--tz", "UTC")
        n(x, 1)
        da = "2026-05-21T13:42:31Z" if f.endswith("csv") else "2026-05-21T13:42:31.800000Z"
        inc(
            x,
            0,
            host="kv02",
            trigger="host_failed",
            declared_at=da,
            cluster="N-Prod",
            failed_at=fa,
            vms={"crm": vm(0, R, **{"from": "kv02", "to": "kv03", "downtime_s": dt}), "wiki": vm(0, NT, **{"from": "kv02"})},
        )


@c
def C2():
    d = case("C2")
    w = {
        "2026-05-01T06:00:00Z": ("kv02", "normal"),
        "2026-05-02T06:00:00Z": ("kv01", "maintenance"),
        "2026-05-03T06:00:00Z": ("kv02", "normal"),
        "2026-05-04T06:00:00Z": ("kv02", "normal"),
    }

    def check(db, what):
        for at, (h, m) in w.items():
            eq(f"{what} mail {at}", hp("mail", at, db)[0], h)
            eq(f"{what} erp {at}", hp("erp", at, db)[0], "kv01")
            hl = j("host", "list", "--at", at, "--db", db)
            eq(f"{what} kv02 mode {at}", [x["mode"] for x in hl["hosts"] if x["host"] == "kv02"], [m])

    for order in (["1-mon", "2-tue", "3-wed"], ["3-wed", "2-tue", "1-mon"]):
        tmp = tempfile.mkdtemp(dir=WORK)
        for k in ("1-mon", "2-tue", "3-wed"):
            shutil.copytree(f"{d}/{k}", f"{tmp}/{k}")
            for f in os.listdir(f"{tmp}/{k}"):
                os.chmod(f"{tmp}/{k}/{f}", 0o644)
                subprocess.run(["touch", "-d", f"2026-05-0{k[0]}T06:00:00Z", f"{tmp}/{k}/{f}"])
        db = f"{tmp}/x.db"
        for k in order:
            y("import", f"{tmp}/{k}", "--db", db)
        check(db, "+".join(order))
        for k in order:
            r = j("import", f"{tmp}/{k}", "--db", db)
            eq("again " + k, [f["imported"] for f in r["files"]], [0] * len(r["files"]))
        shutil.copytree(f"{tmp}/3-wed", f"{tmp}/4")
        for f in os.listdir(f"{tmp}/4"):
            subprocess.run(["touch", "-d", "2026-05-04T06:00:00Z", f"{tmp}/4/{f}"])
        r = j("import", f"{tmp}/4", "--db", db)
        eq("copy", [f["imported"] for f in r["files"]], [0] * len(r["files"]))
        x = j("vm", "where", "mail", "--db", db)
        eq("evidence reach", t(x["at"]), "2026-05-04T06:00:00Z")
        # pipes
        db = f"{tmp}/p.db"
        for k in order:
            for f in ("hosts.json", "vms.json"):
                if os.path.exists(f"{tmp}/{k}/{f}"):
                    subprocess.run(
                        [B, "import", "-", "--db", db],
                        stdin=open(f"{tmp}/{k}/{f}"),
                        env=dict(env, YADOKARI_NOW=f"2026-05-0{k[0]}T06:00:00Z"),
                        capture_output=True,
                    )
        check(db, "pipe " + "+".join(order))
        db = f"{tmp}/rv.db"
        for k in ("1-mon", "2-tue", "3-wed"):
            if not os.path.exists(f"{tmp}/rv-{k}"):
                shutil.copytree(f"{d}/rvtools/{k}", f"{tmp}/rv-{k}")
                for f in os.listdir(f"{tmp}/rv-{k}"):
                    os.chmod(f"{tmp}/rv-{k}/{f}", 0o644)
                    subprocess.run(["touch", "-d", f"2026-05-0{k[0]}T06:00:00Z", f"{tmp}/rv-{k}/{f}"])
        for k in order:
            y("import", f"{tmp}/rv-{k}", "--db", db)
        check(db, "rv " + "+".join(order))


def stays(args):
    o = y("report", "residency", *args, "-o", "csv", "--table", "stays")
    return list(csv.DictReader(io.StringIO(o)))


@c
def C3():
    d = case("C3")

    def check(what, extra=()):
        db = tmpdb()
        y("import", f"{d}/events.xml", "--db", db)
        for e, at in extra:
            y("import", f"{d}/{e}", "--at", at, "--db", db)
        rows = stays(["--db", db])

        def on(v, h, st="on"):
            return round(sum(float(r["hours"]) for r in rows if r["vm"] == v and r["host"] == h and r["power"] == st), 6)

        def near(a, b):
            return abs(a - b) < 0.0004

        if what == "events":
            for v, h, wv in (
                ("erp", "kv01", 230.234722 + 19.500278),
                ("mail", "kv01", 230.151389),
                ("mail", "kv03", 0.000278),
                ("build7", "kv01", 230.118056),
                ("wiki", "kv01", 33.9 + 42.000278),
            ):
                if not near(on(v, h), wv):
                    fail(
                        f'{what} hours on {v} {h}: {on(v,h)} want {wv}; {[(r["from"],r["to"],r["power"],r["hours"]) for r in rows if r["vm"]==v]}'
                    )
        for v in ("erp", "mail", "build7"):
            for r in rows:
                if r["vm"] == v and r["power"] == "on":
                    end = {"erp": "2026-04-13T07:30:00", "mail": "2026-04-14T03:00:00", "build7": "2027"}[v]
                    if r["to"] > "2026-04-10T22:14:05.1" and r["from"] < end:
                        fail(f'{what} {v} on {r["from"]} {r["to"]}')
        for r in rows:
            if r["vm"] == "scale" and r["power"] == "off":
                fail(f"{what} scale off")
        for v, wv in (
            ("erp", ("kv01", ("off", None))),
            ("mail", ("kv01", ("off", None))),
            ("build7", ("kv01", (None,) if not any("after" in e for e, _ in extra) else (None, "off"))),
            ("wiki", ("kv01", ("suspended",))),
            ("scale", ("kv02", ("on",))),
        ):
            g = hp(v, "2026-04-12T00:00:00Z", db)
            if g[0] != wv[0] or g[1] not in wv[1]:
                fail(f"{what} where {v}: {g} want {wv}")
        x = j("ha", "affected", "--db", db)
        n(x, 1)
        inc(
            x,
            0,
            vms={
                "build7": vm(0, NT),
                "mail": vm(0, R, to="kv03", up_at="2026-04-14T03:00:01Z"),
                "erp": vm(0, RH, up_at="2026-04-13T07:30:00Z", downtime_s=206155),
                "scale": vm(0, RH, downtime_s=None),
            },
        )

    check("events")
    check("while-down", [("inventory-while-down", "2026-04-10T23:00:00Z")])
    check("both", [("inventory-while-down", "2026-04-10T23:00:00Z"), ("inventory-after", "2026-04-11T06:00:00Z")])
    eq("two-starts", hp("erp", "2026-04-06T19:44:00Z", frm=f"{d}/two-starts.xml"), ("kv01", None))
    rows = stays(["--from", f"{d}/two-starts.xml", "--until", "2026-04-07T00:00:00Z"])
    r = [(r["power"], round(float(r["hours"]), 4)) for r in rows if r["vm"] == "erp"]
    if ("unknown", 131.75) not in r:
        fail(f"two starts {r}")


@c
def C4():
    d = case("C4")
    f = f"{d}/events.xml"
    x = j("ha", "affected", "--from", f)
    n(x, 1)
    ops = lambda s: s and "ops2" in s
    inc(
        x,
        0,
        host="kv04",
        cluster="N-Prod",
        failed_at="2026-06-09T10:00:20Z",
        declared_at="2026-06-09T10:00:20Z",
        host_recovered_at="2026-06-09T10:31:00Z",
        vms={
            "crm": vm(
                0,
                R,
                **{
                    "from": "kv04",
                    "to": "kv01",
                    "up_at": "2026-06-09T10:41:00Z",
                    "downtime_s": 2440,
                    "reason": ops,
                    "started_by": "user",
                },
            ),
            "hr": vm(0, R, to="kv03", up_at="2026-06-09T10:45:30Z", downtime_s=2710, reason=ops),
            "shop": vm(0, RH, to="kv04", up_at="2026-06-09T11:00:00Z", downtime_s=3580),
        },
    )
    r = j("replay", "--from", f)
    eq("kinds", [s["kind"] for s in r["steps"]], ["cold"] * 5)


@c
def C5():
    d = case("C5")
    ops = 1
    want = {
        "ci1": vm(0, RH, to="lab01", up_at="2026-07-08T12:07:10Z", downtime_s=2830),
        "ci2": vm(0, RH, to="lab01", up_at="2026-07-08T12:07:30Z", downtime_s=2850),
        "repo": vm(0, R, to="lab02", up_at="2026-07-08T12:21:00Z", downtime_s=3660),
        "npm": vm(0, NT, to=None, up_at=None, downtime_s=None),
    }
    for before in (False, True):
        for later in (True, False):
            db = tmpdb()
            if before:
                y("import", f"{d}/no-ha-cluster/before", "--at", "2026-07-01T00:00:00Z", "--db", db)
            y("import", f"{d}/no-ha-cluster/events.xml", "--db", db)
            if later:
                y("import", f"{d}/no-ha-cluster/later", "--at", "2026-07-10T13:00:00Z", "--db", db)
            x = j("ha", "affected", "--db", db)
            n(x, 1)
            w = dict(want)
            if before:
                w["npm"] = vm(0, "not_protected", reason="high availability was off")
            elif later:
                w["npm"] = vm(0, NT, to=None, reason=lambda s: s and "off" in s)
            inc(
                x,
                0,
                host="lab01",
                cluster="N-Lab",
                trigger="connection_lost",
                failed_at="2026-07-08T11:20:00Z",
                declared_at=None,
                host_recovered_at="2026-07-08T12:05:00Z",
                vms=w,
            )
            if hp("ci1", "2026-07-08T12:06:00Z", db) not in (("lab01", "off"), ("lab01", None)):
                fail("ci1 where %r" % (hp("ci1", "2026-07-08T12:06:00Z", db),))
            if hp("npm", "2026-07-09T12:06:00Z", db) not in (("lab01", "off"), ("lab01", None)):
                fail("npm where %r" % (hp("npm", "2026-07-09T12:06:00Z", db),))
            x = j("ha", "affected", "--db", db, "--at", "2026-07-08T11:30:00Z")
            eq("unconfirmed", [(u["host"], u["vms"]) for u in x["unconfirmed"]], [("lab01", 4)])
    db = tmpdb()
    y("import", f"{d}/standalone/events.xml", "--db", db)
    y("import", f"{d}/standalone/later", "--at", "2026-07-10T13:00:00Z", "--db", db)
    x = j("ha", "affected", "--db", db)
    n(x, 1)
    inc(
        x,
        0,
        host="solo1",
        cluster=None,
        declared_at=None,
        trigger="connection_lost",
        vms={
            "nas": vm(0, RH, up_at="2026-07-09T02:11:00Z", downtime_s=660),
            "cam": vm(0, RH, up_at="2026-07-09T02:11:30Z", downtime_s=690),
            "door": vm(0, NT, reason=lambda s: s and "off" in s),
        },
    )
    x = j("ha", "affected", "--from", f"{d}/cut-off-only/events.xml")
    n(x, 0)


@c
def C6():
    d = case("C6")
    db = tmpdb()
    y("import", f"{d}/1-before", "--at", "2026-08-01T00:00:00Z", "--db", db)
    y("import", f"{d}/events.xml", "--db", db)
    y("import", f"{d}/2-after", "--at", "2026-08-05T00:00:00Z", "--db", db)
    x = j("ha", "affected", "--host", "kv12", "--db", db)
    n(x, 1)
    inc(
        x,
        0,
        host_id="host-1155",
        failed_at="2026-08-10T20:00:10Z",
        declared_at="2026-08-10T20:00:40Z",
        vms={"tax": vm(0, R, **{"from": "kv12", "to": "kv11", "up_at": "2026-08-10T20:01:30Z", "downtime_s": 80})},
    )
    for at, v in (("2026-08-02T00:00:00Z", "pay"), ("2026-08-04T12:00:00Z", "tax")):
        x = j("vm", "list", "--host", "kv12", "--at", at, "--db", db)
        eq("vm list " + at, x and [r["vm"] for r in x["vms"]], [v])
    x = j("replay", "--host", "kv12", "--db", db)
    eq(
        "replay",
        x and [(s["vm"], s["from"], s["to"], t(s["at"]), s["kind"]) for s in x["steps"]],
        [
            ("pay", "kv12", "kv13", "2026-08-03T09:05:00Z", "cold"),
            ("tax", "kv12", "kv11", "2026-08-10T20:01:30Z", "ha_restart"),
        ],
    )
    for at, hs, cores in (
        ("2026-08-02T00:00:00Z", [("kv11",), ("kv12", "host-1106"), ("kv13",)], 48),
        ("2026-08-03T12:00:00Z", [("kv11",), ("kv13",)], 32),
        ("2026-08-06T00:00:00Z", [("kv11",), ("kv12", "host-1155"), ("kv13",)], 48),
    ):
        x = j("host", "list", "--at", at, "--db", db)
        eq("host list " + at, [(r["host"], r["host_id"]) if r["host"] == "kv12" else (r["host"],) for r in x["hosts"]], hs)
        x = j("cluster", "list", "--at", at, "--db", db)
        eq("cluster list " + at, [r["hosts"] for r in x["clusters"] if r["cluster"] == "S-Prod"], [len(hs)])
        x = j("report", "capacity", "--at", at, "--db", db, ok=None)
        eq(
            "capacity " + at,
            x and [(r["hosts"], r["cores"]) for r in x["clusters"] if r["cluster"] == "S-Prod"],
            [(len(hs), cores)],
        )
    for h in ("host-1106", "host-1155"):
        j("ha", "affected", "--host", h, "--db", db)


@c
def C7():
    d = case("C7")
    for inv in (False, True):
        for f in ("events.csv", "events-l.json", "events.xml"):
            db = tmpdb()
            if inv:
                y("import", f"{d}/inventory", "--at", "2026-09-14T06:00:00Z", "--db", db)
            y("import", f"{d}/{f}", "--tz", "UTC", "--db", db)
            x = j("ha", "affected", "--db", db)
            n(x, 2)
            inc(
                x,
                0,
                host="kv03",
                cluster="N-Prod",
                failed_at="2026-09-20T21:15:10Z",
                declared_at="2026-09-20T21:15:10Z",
                vms={
                    "intranet": vm(
                        0, R, **{"from": "kv03", "to": "kv01", "up_at": "2026-09-20T21:16:21Z", "downtime_s": 71}
                    ),
                    "ldap3": vm(0, R, **{"from": "kv03", "to": "kv04", "up_at": "2026-09-20T21:16:05Z", "downtime_s": 55}),
                },
            )
            inc(
                x,
                1,
                host="kv11",
                cluster="S-Prod",
                failed_at="2026-09-25T04:00:00Z",
                declared_at="2026-09-25T04:00:30Z",
                vms={
                    "intranet": vm(
                        0, R, **{"from": "kv11", "to": "kv12", "up_at": "2026-09-25T04:01:40Z", "downtime_s": 100}
                    )
                },
            )
            l = j("vm", "list", "--db", db)
            eq(
                "vm list",
                sorted((r["vm"], r["host"], r["cluster"]) for r in l["vms"]),
                [("intranet", "kv01", "N-Prod"), ("intranet", "kv12", "S-Prod"), ("ldap3", "kv04", "N-Prod")],
            )
            if inv:
                eq(
                    "ids",
                    sorted((r["host"], r["vm_id"]) for r in l["vms"]),
                    [("kv01", "vm-2101"), ("kv04", "vm-2001"), ("kv12", "vm-2102")],
                )
            r = j("replay", "--db", db)
            eq(
                "replay",
                sorted((s["vm"], s["from"], s["to"], s["kind"]) for s in r["steps"]),
                [
                    ("intranet", "kv03", "kv01", "ha_restart"),
                    ("intranet", "kv11", "kv12", "ha_restart"),
                    ("ldap3", "kv03", "kv04", "ha_restart"),
                ],
            )
            o = y("vm", "where", "intranet", "--db", db, ok=(5,))


@c
def C8():
    d = case("C8")
    for f in ("events.csv", "events-old-name-first.csv", "events-l.json", "events.xml"):
        db = tmpdb()
        y("import", f"{d}/{f}", "--tz", "UTC", "--db", db)
        x = j("ha", "affected", "--db", db)
        n(x, 1)
        inc(
            x,
            0,
            host="kv02",
            cluster="N-Prod",
            failed_at="2026-09-22T03:00:20Z",
            vms={"portal": vm(0, R, **{"from": "kv02", "to": "kv03", "up_at": "2026-09-22T03:01:10Z", "downtime_s": 50})},
        )
        l = j("vm", "list", "--db", db)
        eq(
            "vm list",
            sorted((r["vm"], r["host"]) for r in l["vms"]),
            [("portal", "kv03"), ("portal-old", "kv01"), ("stage", "kv04")],
        )
        eq("portal 15", hp("portal", "2026-09-15T00:00:00Z", db)[0], "kv01")
        eq("portal 20", hp("portal", "2026-09-20T00:00:00Z", db)[0], "kv02")
        r = j("replay", "--db", db)
        eq(
            "replay",
            [
                (
                    s["vm"].replace("-tmp", ""),
                    s["from"],
                    s["to"],
                    t(s["at"]),
                    s["trigger"] if s["kind"] != "ha_restart" else s["kind"],
                )
                for s in r["steps"]
            ],
            [
                ("stage", "kv02", "kv04", "2026-09-15T08:30:00Z", "drs"),
                ("portal", "kv02", "kv03", "2026-09-22T03:01:10Z", "ha_restart"),
            ],
        )


@c
def C9():
    d = case("C9")
    for a in (["--from", f"{d}/events.xml"], ["--from", f"{d}/events.csv", "--tz", "UTC"]):
        r = j("replay", *a)
        eq(
            "steps",
            [(s["vm"], s["kind"], s["trigger"], s["from"], s["to"]) for s in r["steps"]],
            [
                ("pki", "ha_restart", "ha", "kv04", "kv01"),
                ("ntp4", "ha_restart", "ha", "kv04", "kv02"),
                ("proxy", "ha_restart", "ha", "kv04", "kv03"),
            ],
        )
        eq("downtime", [s["downtime_ms"] for s in r["steps"]], [50000, 60000, 71000])
        eq("at", [t(s["at"])[:19] for s in r["steps"][::2]], ["2026-10-20T01:01:00", "2026-10-20T01:01:20"])


@c
def C10():
    d = case("C10")
    for f in ("both-ids.xml", "one-id.xml"):
        db = tmpdb()
        y("import", f"{d}/inventory", "--at", "2026-10-05T00:00:00Z", "--db", db)
        y("import", f"{d}/{f}", "--db", db)
        for at, w in ((["--at", "2026-10-05T12:00:00Z"], (2, 3, 1)), ([], (3, 3, 0))):
            x = j("datastore", "list", *at, "--db", db)
            eq(
                "datastores",
                sorted((r["datastore"], r["datastore_id"] or "zz", r["vms"]) for r in x["datastores"]),
                [
                    ("nfs-1", "datastore-71", w[0]),
                    ("nfs-1", "datastore-72" if "both" in f else "zz", w[1]),
                    ("san-n", "datastore-73", w[2]),
                ],
            )
        l = j("vm", "list", "--db", db)
        for r in l["vms"]:
            if r["vm"][0] == "a":
                eq("ds id " + r["vm"], r.get("datastore_id"), "datastore-71")
            elif r.get("datastore_id") == "datastore-71":
                fail("b on 71")
    h = j("vm", "history", "b3", "--db", db, ok=None)
    db = tmpdb()
    y("import", f"{d}/rvtools", "--at", "2026-10-05T00:00:00Z", "--db", db)
    x = j("datastore", "list", "--db", db)
    eq(
        "rv datastores",
        sorted((r["datastore"], r["datastore_id"] or "zz", r["vms"]) for r in x["datastores"]),
        [("nfs-1", "datastore-71", 2), ("nfs-1", "datastore-72", 3), ("san-n", "datastore-73", 1)],
    )


@c
def C11():
    d = case("C11")
    for a in (["events-l.json"], ["events.csv", "--tz", "UTC", "--date-order", "mdy"]):
        db = tmpdb()
        y("import", f"{d}/1-before", "--at", "2026-08-01T00:00:00Z", "--db", db)
        y("import", f"{d}/{a[0]}", *a[1:], "--db", db)
        y("import", f"{d}/2-after", "--at", "2026-08-05T00:00:00Z", "--db", db)
        for hst in ([], ["--host", "kv12"]):
            x = j("ha", "affected", *hst, "--db", db)
            n(x, 1)
            inc(
                x,
                0,
                host="kv12",
                host_id="host-1155",
                cluster="S-Prod",
                trigger="host_failed",
                failed_at="2026-08-10T20:00:10Z",
                declared_at="2026-08-10T20:00:40Z",
                vms={"tax": vm(0, R, **{"from": "kv12", "to": "kv11", "up_at": "2026-08-10T20:01:30Z", "downtime_s": 80})},
            )
        x = j("host", "list", "--db", db)
        eq(
            "hosts",
            [(r["host"], r["host_id"]) for r in x["hosts"]],
            [("kv11", x["hosts"][0]["host_id"]), ("kv12", "host-1155"), ("kv13", x["hosts"][-1]["host_id"])],
        )
        x = j("host", "list", "--at", "2026-08-03T12:00:00Z", "--db", db)
        eq("hosts mid", [r["host"] for r in x["hosts"]], ["kv11", "kv13"])
    x = j("ha", "affected", "--from", f"{d}/events.csv", "--tz", "UTC", "--date-order", "mdy")
    n(x, 1)
    inc(x, 0, host="kv12", host_id=None, vms={"tax": vm(0, R, downtime_s=80)})


@c
def C12():
    d = case("C12")
    for f, w, inct in (
        ("primary-dies.xml", ("kv01", "kv02", "kv02"), ("kv01", "2026-11-10T14:00:05Z", 75)),
        ("primary-dies-secondary-on-record.xml", ("kv01", "kv02", "kv02"), ("kv01", "2026-11-10T14:00:05Z", 75)),
        ("secondary-dies.xml", ("kv01",) * 3, ("kv02", "2026-11-10T14:00:35Z", 45)),
    ):
        p = f"{d}/{f}"
        x = j("ha", "affected", "--from", p)
        n(x, 1)
        inc(
            x,
            0,
            host=inct[0],
            failed_at=inct[1],
            declared_at="2026-11-10T14:00:35Z",
            vms={"log5": vm(0, R, to="kv03", downtime_s=inct[2])},
        )
        for at, h in zip(("2026-11-05T00:00:00Z", "2026-11-10T14:00:20Z", "2026-11-11T00:00:00Z"), w):
            eq("till " + at, hp("till", at, frm=p), (h, "on"))
        r = j("replay", "--from", p)
        eq("till steps", [s for s in r["steps"] if s["vm"] == "till"], [])


@c
def C13():
    d = case("C13")
    x = j("ha", "affected", "--from", f"{d}/power-off-and-shut-down.xml")
    n(x, 1)
    b = dict(
        host="kv03",
        cluster="N-Prod",
        trigger="host_isolated",
        failed_at="2026-12-05T02:10:00Z",
        declared_at="2026-12-05T02:10:20Z",
        host_recovered_at="2026-12-05T03:00:00Z",
    )
    inc(
        x,
        0,
        **b,
        vms={
            "cad1": vm(0, R, to="kv01", up_at="2026-12-05T02:12:00Z", downtime_s=90),
            "cad2": vm(0, R, to="kv02", up_at="2026-12-05T02:12:30Z", downtime_s=92),
        },
    )
    x = j("ha", "affected", "--from", f"{d}/one-powered-off-rest-left.xml")
    n(x, 1)
    inc(x, 0, **b, vms={"cad2": vm(0, RH, up_at="2026-12-05T03:05:00Z", downtime_s=3270)})


@c
def C14():
    d = case("C14")
    for f in ("isolated.xml", "isolated-master.xml"):
        x = j("ha", "affected", "--from", f"{d}/{f}")
        n(x, 1)
        inc(
            x,
            0,
            host_recovered_at="2026-12-08T02:41:00Z",
            trigger="host_isolated",
            failed_at="2026-12-08T02:10:00Z",
            declared_at="2026-12-08T02:10:20Z",
            vms={"cad1": vm(0, R, to="kv01", up_at="2026-12-08T02:12:00Z"), "cad2": vm(0, RH, up_at="2026-12-08T02:50:00Z")},
        )
    x = j("ha", "affected", "--from", f"{d}/failed.xml")
    n(x, 1)
    inc(
        x,
        0,
        host_recovered_at="2026-12-09T02:41:00Z",
        trigger="host_failed",
        vms={"cad1": vm(0, R, to="kv02", downtime_s=60)},
    )


@c
def C15():
    d = case("C15")
    x = j("ha", "affected", "--from", f"{d}/events.xml")
    n(x, 1)
    inc(
        x,
        0,
        host="kv01",
        failed_at="2026-12-14T20:00:10Z",
        vms={
            "bi": vm(0, "failed", attempts=2, reason=bool),
            "kpi": vm(0, "failed", attempts=1, reason=bool),
            "etl": vm(0, R, to="kv04", attempts=1, downtime_s=240),
        },
    )


@c
def C16():
    d = case("C16")
    for at, w in (
        ("2026-12-17T11:02:30Z", {"mq1": vm(0, "waiting", attempts=1), "mq2": vm(0, "waiting")}),
        (
            "2026-12-17T11:10:00Z",
            {"mq1": vm(0, R, to="kv04", up_at="2026-12-17T11:07:40Z", downtime_s=450, attempts=3), "mq2": vm(0, "waiting")},
        ),
        (
            "2026-12-17T12:00:00Z",
            {
                "mq1": vm(0, R, to="kv04", attempts=3, downtime_s=450),
                "mq2": vm(0, R, to="kv01", up_at="2026-12-17T11:31:00Z", downtime_s=1850),
            },
        ),
    ):
        x = j("ha", "affected", "--from", f"{d}/events.xml", "--at", at)
        n(x, 1)
        i = inc(x, 0, host="kv03", failed_at="2026-12-17T11:00:10Z", vms=dict(w, geo=vm(0, R, to="kv02", downtime_s=110)))
        if i:
            eq("failed", i["summary"]["failed"], 0)


@c
def C17():
    d = case("C17")
    x = j("ha", "affected", "--from", f"{d}/events.xml")
    n(x, 1)
    rm = lambda s: s and "removed" in s
    i = inc(
        x,
        0,
        vms={
            "demo1": vm(0, R, to="kv03", downtime_s=110, removed_at=(lambda s: s)),
            "demo2": vm(0, NT, reason=rm, removed_at="2026-12-20T09:40:00Z"),
            "demo3": vm(0, NT, reason=rm, removed_at="2026-12-20T09:45:00Z"),
            "demo4": vm(0, NT, reason=None, removed_at=None),
        },
    )
    eq("demo3", hp("demo3", "2026-12-25T00:00:00Z", frm=f"{d}/events.xml")[0], "kv11")
    y("vm", "where", "demo3", "--at", "2026-12-19T00:00:00Z", "--from", f"{d}/events.xml", ok=(5,))


@c
def C18():
    d = case("C18")
    r = j("replay", "--from", f"{d}/events.xml")
    eq(
        "moves",
        [
            (
                s["vm"],
                s["from"],
                s["to"],
                s["from_datastore"] if s["vm"] == "arch" else 0,
                s["to_datastore"] if s["vm"] == "arch" else 0,
                t(s["at"]),
                t(s["ended_at"]),
                s["kind"],
            )
            for s in r["steps"]
        ],
        [
            ("arch", "kv01", "kv02", "fast1", "slow1", "2027-01-09T12:40:00Z", "2027-01-09T12:52:00Z", "cold"),
            ("tmp8", "kv01", "kv02", 0, 0, "2027-01-09T12:53:00Z", "2027-01-09T12:53:05Z", "cold"),
            ("hot1", "kv01", "kv03", 0, 0, "2027-01-09T13:10:00Z", "2027-01-09T13:10:12Z", "live"),
        ],
    )
    x = j("ha", "affected", "--from", f"{d}/events.xml")
    n(x, 1)
    inc(
        x,
        0,
        vms={
            "arch": vm(0, R, to="kv02", up_at="2027-01-09T13:00:00Z", downtime_s=3600),
            "tmp8": vm(0, R, to="kv02", up_at="2027-01-09T14:00:00Z", downtime_s=7200),
            "hot1": vm(0, RH, up_at="2027-01-09T13:01:00Z", downtime_s=3660),
        },
    )


@c
def A1():
    d = case("A1")
    for f, fa, dt in (
        ("events.csv", ("2026-11-24T20:17:27Z", "2026-11-24T20:17:28Z", "2026-11-24T20:17:29Z"), (83, 84, 85)),
        ("events-no-states.csv", ("2026-11-24T20:17:29Z",), (83,)),
    ):
        db = tmpdb()
        y("import", f"{d}/{f}", "--tz", "UTC", "--db", db)
        x = j("ha", "affected", "--db", db)
        n(x, 1)
        inc(
            x,
            0,
            host="10.20.30.41",
            cluster="cls",
            trigger="host_failed",
            failed_at=fa,
            vms={
                "box-a": vm(0, R, **{"from": "10.20.30.41", "to": "10.20.30.42", "up_at": "2026-11-24T20:18:52Z"}),
                "box-d": vm(0, R, **{"from": "10.20.30.41", "to": "10.20.30.43", "up_at": "2026-11-24T20:18:57Z"}),
                "box-b": vm(0, NT, **{"from": "10.20.30.41"}),
            },
        )
        l = j("cluster", "list", "--db", db)
        eq("clusters", [r["cluster"] for r in l["clusters"]], ["cls"])


@c
def A2():
    d = case("A2")
    db = tmpdb()
    y("import", f"{d}/restarted.csv", "--tz", "UTC", "--db", db)
    x = j("ha", "affected", "--db", db)
    n(x, 0)
    want = [
        ("web11 (0f1c2d3e-1111-4222-8333-444455556666)", "esx04.lab.example", "2026-03-14T02:20:55"),
        ("print 02", "esx05.lab.example", "2026-03-14T02:20:58"),
        ("sql07", "esx04.lab.example", "2026-03-14T02:21:07"),
    ]
    eq("unattributed", x and [(u["vm"], u["to"], u["up_at"][:19]) for u in x.get("unattributed", [])], want)
    if x:
        g = [g for g in x["gaps"] if g["code"] == "restarts-without-failure"]
        eq("gap", [sorted(q.get("vms") or []) for q in g], [sorted(w[0] for w in want)])
    r = j("replay", "--db", db)
    eq(
        "replay",
        [(s["vm"], s["to"], t(s["at"])[:19], s["kind"], s["from"]) for s in r["steps"]],
        [(v, h, a, "ha_restart", None) for v, h, a in want],
    )
    eq("start", {k: v for k, v in r["start"].items() if v}, {})


@c
def A12():
    d = case("A12")
    f = f"{d}/not-restarted.xml"
    x = j("ha", "affected", "--from", f)
    n(x, 1)
    inc(
        x,
        0,
        host="esx01",
        cluster="PROD-17",
        failed_at="2026-03-14T02:17:50Z",
        declared_at="2026-03-14T02:18:00Z",
        vms={"sql07": vm(0, NT, events=lambda e: len(e) >= 1), "web11": vm(0, NT), "app3": vm(0, NT)},
    )
    for v in ("sql07", "web11"):
        w = where(v, "2027-01-01T00:00:00Z", frm=f)
        eq(v, w and w["power"], "off")
    f = f"{d}/restarted.xml"
    x = j("ha", "affected", "--from", f)
    n(x, 1)
    inc(
        x,
        0,
        vms={
            "sql07": vm(0, R, to="esx04", up_at="2026-03-14T02:19:05Z", downtime_s=35),
            "web11": vm(0, NT),
            "app3": vm(0, NT),
        },
    )
    w = where("web11", "2027-01-01T00:00:00Z", frm=f)
    eq("web11", w and w["power"], "off")


@c
def A15():
    d = case("A15")
    db = tmpdb()
    y("import", f"{d}/moves.csv", "--tz", "UTC", "--db", db)
    for a in ([], ["--since", "2026-03-14T00:00:00Z"]):
        r = j("replay", "--db", db, *a)
        eq(
            "moves",
            sorted((s["vm"], s["from"], s["to"], t(s["at"])) for s in r["steps"]),
            [
                ("app3", "esx02", "esx03", "2026-03-14T09:15:02Z"),
                ("sql07", "esx01", "esx02", "2026-03-14T09:14:30Z"),
                ("web11", "esx01", "esx03", "2026-03-14T09:14:30Z"),
            ],
        )
        eq("start", r["start"], {"sql07": "esx01", "web11": "esx01", "app3": "esx02"})
        eq("end", r["end"], {"sql07": "esx02", "web11": "esx03", "app3": "esx03"})
    r = j("replay", "--vm", "sql07", "--db", db)
    eq("sql07", len(r["steps"]), 1)


@c
def B19():
    d = case("B19")
    db = tmpdb()
    y("import", f"{d}/old1.xlsx", "--db", db)
    y("import", f"{d}/old2.xlsx", "--db", db)
    l = j("vm", "list", "--db", db, "--at", "2013-03-03T00:00:00Z")
    eq("vms", len(l["vms"]), 10)
    eq("sources", len({r.get("source") for r in l["vms"]}), 2)
    x = j("host", "list", "--db", db)
    eq("hosts", len(x["hosts"]), 6)


@c
def A4():
    db = tmpdb()
    d = j("import", case("A4") + "/vcenter-syslog.log", "--db", db)
    eq("format", d["files"][0]["format"], "vcenter-syslog")
    e = j("event", "list", "--db", db)
    keys = [x.get("foreign_key") for x in e["events"] if x.get("foreign_key")]
    eq("keys", sorted(keys), ["8252311", "8252317", "8252318", "8252325"])
    x = inc(
        j("ha", "affected", "--db", db),
        host="esx01.lab.example",
        cluster="PROD-17",
        failed_at="2026-03-14T02:18:02.901254Z",
        declared_at="2026-03-14T02:18:31.770211Z",
        vms={"sql07": vm("sql07", R, to="esx04.lab.example", up_at="2026-03-14T02:20:58.311009Z", downtime_s=175.41)},
    )


@c
def A6():
    db = tmpdb()
    d = j("import", case("A6") + "/events.json", "--db", db)
    eq("records", d["files"][0]["records"], 3)
    inc(
        j("ha", "affected", "--db", db),
        host="esx01.lab.example",
        host_id="host-21",
        cluster="PROD-17",
        cluster_id="domain-c7",
        failed_at="2026-03-14T02:18:31.770211Z",
        vms={
            "sql07": vm(
                "sql07",
                R,
                vm_id="vm-56",
                to="esx04.lab.example",
                to_id="host-24",
                up_at="2026-03-14T02:20:58.311009Z",
                downtime_s=146.541,
                grade="proven",
            )
        },
    )


@c
def A7():
    db = tmpdb()
    y("import", case("A7") + "/vmotion.csv", "--tz", "UTC", "--db", db)
    d = j("replay", "--db", db)
    got = [
        (s["vm"], s["kind"], s["from"], s["to"], t(s["at"]), s["duration_s"], s["actor"], s["result"]) for s in d["steps"]
    ]
    host = "esx0{}.lab.example".format
    want = [
        ("sql07", "live", host(1), host(4), "2026-03-14T02:10:11Z", 14, "DRS", "completed"),
        ("web11", "storage", host(2), host(2), "2026-03-14T03:00:00Z", 185, "LAB\\ops1", "completed"),
        ("app3", "live+storage", host(1), host(3), "2026-03-14T04:00:00Z", 270, "LAB\\ops1", "completed"),
    ]
    eq("moves", len(got), 3)
    for g, w in zip(got, want):
        ok = g == w or (w[0] == "app3" and g[1] is None and g[:1] + g[2:] == w[:1] + w[2:])
        if not ok:
            fail(f"got {g}, want {w}")
    eq("triggers", [s["trigger"] in (None, "drs") for s in d["steps"] if s["actor"] == "DRS"], [True])


@c
def A10():
    for name in ("restarted.txt", "restarted-list.txt"):
        db = tmpdb()
        y("import", f'{case("A10")}/{name}', "--db", db, ok=(1,))
        for word in ("screen", "Export-Csv"):
            if word not in y.err:
                fail(f"{name}: the message does not say {word}: {y.err}")
        eq(f"{name} kept", os.path.exists(db), False)


@c
def A18():
    f = case("A18") + "/VM_HA_Restart_Events.csv"
    for more in ([], ["--columns", "time=Event Time,message=Event Message,vm=VM Name"]):
        db = tmpdb()
        y("import", f, "--tz", "UTC", "--db", db, *more)
        d = j("ha", "affected", "--db", db)
        got = sorted((v["vm"], v["to"], t(v["up_at"])) for v in d["unattributed"])
        want = [
            ("sql07", "esx04.lab.example", "2026-03-14T02:21:07Z"),
            ("web11", "esx05.lab.example", "2026-03-14T02:20:58Z"),
        ]
        eq("restarts", got, want)
    y("import", f, "--tz", "UTC", "--db", tmpdb(), "--columns", "time=Event Time,message=Text", ok=(64,))
    for word in ("VM Name", "IP Address", "Event Time", "Event Message", '"Text"'):
        if word not in y.err:
            fail(f"the message does not name {word}: {y.err}")


@c
def B4():
    db = tmpdb()
    d = j("import", case("B4") + "/b4-merged.xlsx", "--db", db)
    eq("sources", sorted(f["source"] for f in d["files"]), ["vcenter-1", "vcenter-2"])
    eq("times", {t(f["first_event"]) for f in d["files"]}, {"2026-09-01T06:00:00Z"})
    r = j("report", "capacity", "--db", db)
    got = sorted((x["cluster"], x["hosts"], x["vms"], x["cores"]) for x in r["clusters"])
    eq("clusters", got, [("prod-a", 3, 8, 96), ("prod-b", 3, 8, 96)])
    f = j("capacity", "fit", "--vcpus", "2", "--memory", "8GiB", "--db", db)
    eq("fit", [x["fit"][0]["fit"] for x in f["clusters"]], [160, 160])
    l = j("vm", "list", "--db", db)
    eq("ids", len([v for v in l["vms"] if v["vm_id"] == "vm-20"]), 2)
    y("import", case("B4") + "/b4-merged.xlsx", "--source", "x", "--db", tmpdb(), ok=(64,))


@c
def B6():
    d = case("B6")
    db = tmpdb()
    y("import", f"{d}/vmhosts.csv", f"{d}/vms.csv", "--db", db, "--at", "2026-09-01T06:00:00Z")
    x = j("report", "capacity", "--db", db)["clusters"][0]
    eq("cluster", (x["cluster"], x["hosts"], x["cores"], x["vms"], x["vms_powered_on"]), ("Prod", 3, 96, 4, 3))
    f = j("capacity", "fit", "--vcpus", "2", "--memory", "8GiB", "--db", db)
    eq("fit", f["clusters"][0]["fit"][0]["fit"], 106)
    h = {v["host"]: v["mode"] for v in j("host", "list", "--db", db)["hosts"]}
    eq("modes", [h[f"esx0{i}.example.test"] for i in (1, 2, 3)], ["normal", "normal", "maintenance"])
    again = tmpdb()
    y("import", d, "--db", again, "--at", "2026-09-01T06:00:00Z")
    eq("folder", len(j("vm", "list", "--db", again)["vms"]), 4)


@c
def B16():
    hosts = {"01": "esx2", "02": "esx3", "03": "esx1"}
    for name in ("one-folder", "export-folders"):
        db = tmpdb()
        d = j("import", f'{case("B16")}/{name}', "--tz", "UTC", "--db", db)
        eq(f"{name}: files", len(d["files"]), 3)
        for day, host in hosts.items():
            w = where("app1", f"2026-09-{day}T06:00:00Z", db=db)
            eq(f"{name}: {day}", w and w["host"], f"{host}.example.test")
        for day, count in (("01", 4), ("02", 5), ("03", 6)):
            l = j("vm", "list", "--db", db, "--at", f"2026-09-{day}T06:00:00Z")
            eq(f"{name}: VMs of {day}", len(l["vms"]), count)
        eq(f"{name}: end", {v["host"] for v in j("vm", "list", "--db", db)["vms"]}, {"esx1.example.test"})


@c
def B18():
    db = tmpdb()
    y("import", case("B18") + "/vcenter01.xlsx", "--db", db)
    out = os.path.join(os.path.dirname(db), "inventory.xlsx")
    y("report", "inventory", "--format", "rvtools", "--out", out, "--db", db)
    rows = sheet(out, "vInfo")
    wanted = (
        "VM UUID,Template,SRM Placeholder,Powerstate,VM,CPUs,Memory,In Use MiB,OS according to the configuration file,"
        "Creation date,NICs,Disks,Provisioned MiB"
    )
    eq("columns", [w for w in wanted.split(",") if w not in rows[0]], [])
    got = {}
    for r in rows[1:]:
        v = dict(zip(rows[0], r))
        day = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=float(v["Creation date"]))
        made = (day + datetime.timedelta(seconds=0.5)).strftime("%Y-%m-%d %H:%M")
        got[v["VM"]] = (v["SRM Placeholder"], v["OS according to the configuration file"], made, v["NICs"], v["Disks"])
    windows, linux = "Microsoft Windows Server 2022 (64-bit)", "Red Hat Enterprise Linux 9 (64-bit)"
    eq("web1", got["web1"], ("False", windows, "2024-05-01 09:30", "2", "1"))
    eq("db1", got["db1"], ("False", linux, "2025-01-15 14:00", "1", "3"))
    eq("web1-ph", got["web1-ph"], ("True", windows, "2024-05-01 09:30", "2", "1"))


def sheet(path, name):
    """The rows of a sheet, as texts."""
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as z:
        book = ElementTree.fromstring(z.read("xl/workbook.xml"))
        names = [x.get("name") for x in book.findall(".//s:sheet", space)]
        data = ElementTree.fromstring(z.read(f"xl/worksheets/sheet{names.index(name) + 1}.xml"))
    rows = []
    for row in data.findall(".//s:row", space):
        cells = {}
        for cell in row.findall("s:c", space):
            column = 0
            for letter in "".join(x for x in cell.get("r") if x.isalpha()):
                column = column * 26 + ord(letter) - 64
            cells[column - 1] = "".join(cell.itertext())
        rows.append([cells.get(i, "") for i in range(max(cells, default=-1) + 1)])
    width = len(rows[0])
    return [r + [""] * (width - len(r)) for r in rows]


def main():
    global cur
    for name in sys.argv[2:] or list(cases):
        cur = name
        try:
            cases[name]()
        except Exception as error:
            fail(f"{type(error).__name__}: {error}")
    shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(1 if fails else 0)


main()
