internal import Inventory

/// A slider over the time of a `MoveLine`, which says who was where. It works on the drawing that stands in the page and
/// fetches nothing; without scripts, and on paper, it is not there.
struct MovePlayer {
  let scale: TimeScale
  let from: Instant
  let to: Instant
  let zone: DisplayZone

  /// The slider, hidden until the script below shows it.
  var opening: String {
    let stretches = scale.stretches.map { stretch in
      let offset = Int64(zone.offset(at: stretch.from)) * 1000
      let ends = [stretch.from, stretch.to].map { String($0.microseconds / 1000 + offset) }
      return "[\(ends.joined(separator: ",")),\(points(stretch.left)),\(points(stretch.right))]"
    }
    let (left, right) = (scale.x(from), scale.x(to))
    return """
      <div class="player" id="player" data-stretches="[\(stretches.joined(separator: ","))]" hidden="hidden">
      <label for="player-time">Time</label>
      <input id="player-time" type="range" min="\(points(left))" max="\(points(right))" step="0.5" value="\(points(right))"/>
      <output id="player-clock" for="player-time"></output>
      </div>
      <dl class="now" id="player-now"></dl>

      """
  }

  /// Neither of the characters that XML would read as its own occurs in it.
  static let script = """
    <script>
    (function () {
      var box = document.getElementById("player"), slider = document.getElementById("player-time");
      var clock = document.getElementById("player-clock"), now = document.getElementById("player-now");
      var stretches = JSON.parse(box.dataset.stretches);
      var bars = Array.from(document.querySelectorAll("rect[data-place]"), function (bar) {
        var left = Number(bar.getAttribute("x"));
        return { name: bar.parentNode.dataset.name, place: bar.dataset.place, left: left,
          right: left + Number(bar.getAttribute("width")) };
      });
      function show() {
        var x = Number(slider.value), places = {};
        var stretch = stretches.find(function (s) { return s[3] >= x; }) || stretches[stretches.length - 1];
        var share = Math.max(0, (x - stretch[2]) / (stretch[3] - stretch[2]));
        var time = new Date(stretch[0] + (stretch[1] - stretch[0]) * share).toISOString();
        clock.textContent = time.slice(0, 10) + " " + time.slice(11, 23);
        document.querySelectorAll(".cursor").forEach(function (line) {
          line.setAttribute("x1", x); line.setAttribute("x2", x); line.setAttribute("visibility", "visible");
        });
        var last = {};
        bars.forEach(function (bar) {
          if (x >= bar.left) { if (bar.right + 0.1 >= x) { last[bar.name] = bar.place; } }
        });
        Object.keys(last).forEach(function (name) { (places[last[name]] = places[last[name]] || []).push(name); });
        now.replaceChildren.apply(now, Object.keys(places).sort().map(function (place) {
          var item = document.createElement("div"), name = document.createElement("dt"), vms = document.createElement("dd");
          name.textContent = place; vms.textContent = places[place].join(", ");
          item.append(name, vms);
          return item;
        }));
      }
      slider.addEventListener("input", show);
      box.hidden = false;
      show();
    })();
    </script>

    """
}
