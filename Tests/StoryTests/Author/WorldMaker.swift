import TestSupport

/// Makes the world in which a story begins.
enum WorldMaker {
  private static let words = [
    "app", "db", "web", "mail", "wiki", "crm", "erp", "dns", "print 0", "R&D <build> ", "Büro-", "ci",
  ]

  static func world(_ chance: inout SplitMix64, _ kinds: Set<Kind>) -> World {
    var world = World()
    let hasTwo = kinds.contains(.c7) || kinds.contains(.c10) || kinds.contains(.c17)
    let places = hasTwo ? 2 + chance.below(2) : 1 + chance.below(3)
    let names = ["North", "South", "West"]
    let hasLongNames = chance.happens(0.25)
    var host = 1101
    for place in 0..<places {
      world.datacenters[3 + place] = World.Datacenter(number: 3 + place, name: names[place])
      let number = 31 + 10 * place
      world.clusters[number] = World.Cluster(
        number: number, name: "\(names[place].prefix(1))-Prod", datacenter: 3 + place,
        isProtected: place == 0 ? true : chance.happens(0.75))
      var memberships: [Int?] = Array(repeating: number, count: place == 0 ? 3 + chance.below(2) : 2 + chance.below(2))
      if place == 0, chance.happens(kinds.contains(.c5) ? 0.6 : 0.3) {
        world.clusters[91] = World.Cluster(number: 91, name: "N-Lab", datacenter: 3, isProtected: false)
        memberships += [91, 91]
      }
      if chance.happens(0.25) { memberships.append(nil) }
      for cluster in memberships {
        let short = (cluster == nil ? "solo" : "kv") + StoryClock.two(host - 1100)
        world.hosts[host] = World.Host(
          number: host, name: hasLongNames ? short + ".lab.example" : short, datacenter: 3 + place, cluster: cluster)
        host += 1
      }
      let stores = kinds.contains(.c10) ? ["nfs-1", "san-\(place + 1)"] : ["nfs-\(place + 1)", "san-\(place + 1)"]
      for (index, name) in stores.enumerated() {
        let store = 61 + place * 10 + index
        world.datastores[store] = World.Datastore(number: store, name: name, datacenter: 3 + place)
      }
    }
    addVMs(&world, &chance, kinds)
    return world
  }

  private static func addVMs(_ world: inout World, _ chance: inout SplitMix64, _ kinds: Set<Kind>) {
    let hosts = world.hosts.values.sorted { $0.number < $1.number }
    let hasSharedNames = kinds.contains(.c7) || kinds.contains(.c17)
    var number = 2001
    for host in hosts {
      for _ in 0..<(1 + chance.below(2)) {
        var name = "\(words[chance.below(words.count)])\(number - 2000)"
        let others = world.vms.values.filter { world.hosts[$0.host]?.datacenter != host.datacenter }
        if hasSharedNames, chance.happens(0.4), let twin = chance.pick(others.sorted { $0.number < $1.number }),
          !world.isTaken(twin.name, in: host.datacenter)
        {
          name = twin.name
        }
        let stores = world.datastores.values.filter { $0.datacenter == host.datacenter }.map(\.number).sorted()
        world.vms[number] = World.VM(
          number: number, name: name, host: host.number, datastore: chance.pick(stores) ?? 0,
          power: chance.happens(0.82) ? .on : .off)
        number += 1
      }
    }
  }
}
