#!/usr/bin/env python3
"""The plain sums of each cluster of an RVTools workbook, straight from its cells: sums.py FILE.xlsx prints a JSON object."""
import json, re, sys, zipfile
import xml.etree.ElementTree as ET

N = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
book = zipfile.ZipFile(sys.argv[1])
shared = []
if "xl/sharedStrings.xml" in book.namelist():
    for item in ET.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", N):
        shared.append("".join(t.text or "" for t in item.iter("{%s}t" % N["m"])))
targets = {r.get("Id"): r.get("Target") for r in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}


def rows(name):
    """Each row of a sheet as {heading: text}; headings without case, blanks and units."""
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).find("m:sheets", N):
        if sheet.get("name") != name:
            continue
        target = targets[sheet.get(REL)]
        path = target[1:] if target.startswith("/") else "xl/" + target
        heads = None
        for row in ET.fromstring(book.read(path)).find("m:sheetData", N):
            cells = {}
            for cell in row:
                column = re.match("[A-Z]+", cell.get("r")).group()
                value = cell.find("m:v", N)
                text = "" if value is None else value.text or ""
                if cell.get("t") == "s":
                    text = shared[int(text)]
                elif cell.get("t") == "inlineStr":
                    text = "".join(t.text or "" for t in cell.iter("{%s}t" % N["m"]))
                cells[column] = text.strip()
            if heads is None:
                heads = {c: re.sub(r" (MB|MiB)$", "", t).strip().lower() for c, t in cells.items()}
            else:
                yield {heads[c]: t for c, t in cells.items() if c in heads}


def number(row, key):
    return float(row.get(key) or 0)


answer = {}
for host in rows("vHost"):
    if host.get("host") and host.get("cluster"):
        sums = answer.setdefault(host["cluster"], dict.fromkeys(["hosts", "vms", "on", "cores", "vcpus", "memory", "vm_memory"], 0))
        sums["hosts"] += 1
        sums["cores"] += number(host, "# cores")
        sums["memory"] += number(host, "# memory")
home = {}
for vm in rows("vInfo"):
    if not vm.get("vm") or vm.get("template", "").lower() == "true" or vm.get("cluster") not in answer:
        continue
    home[vm["vm"]] = vm["cluster"]
    sums = answer[vm["cluster"]]
    sums["vms"] += 1
    sums["on"] += vm["powerstate"] == "poweredOn"
    sums["vcpus"] += number(vm, "cpus")
    sums["vm_memory"] += number(vm, "memory")
for part in rows("vPartition"):
    cluster = part.get("cluster") or home.get(part.get("vm"))
    if part.get("vm") and cluster in answer:
        answer[cluster]["guest"] = answer[cluster].get("guest", 0) + number(part, "consumed")
print(json.dumps(answer))
