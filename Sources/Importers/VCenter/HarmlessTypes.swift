/// Types of vCenter's records that tell of no failure, though their names may speak of one. The one place that knows them.
enum HarmlessTypes {
  /// Whether a type is known to tell of nothing that an answer needs.
  /// - Parameters:
  ///   - foreignType: as vCenter writes it.
  ///   - key: the same as `VCenterTypes` spells it.
  static func holds(_ foreignType: String, _ key: String) -> Bool {
    if VCenterClasses.holds(key) { return !telling.contains(key) }
    let lower = foreignType.lowercased()
    return identifiers.contains(key) || prefixes.contains { lower.hasPrefix($0) }
  }

  /// Classes that say nothing by themselves, since any text may be in them, and one that says that every host of a cluster
  /// was cut off, of which no host's record tells.
  private static let telling: Set<String> = [
    "event", "eventex", "extendedevent", "generalevent", "generaluserevent", "generalhosterrorevent",
    "generalhostwarningevent",
    "generalhostinfoevent", "generalvmerrorevent", "generalvmwarningevent", "generalvminfoevent", "dasclusterisolatedevent",
  ]

  /// What hosts, services and other parts say of their own health: a host that speaks has not failed.
  private static let prefixes = [
    "esx.", "vprob.", "hbr.", "ad.event.", "com.vmware.license.", "com.vmware.sso.", "com.vmware.dp.", "com.vmware.pbm.",
    "com.vmware.ovfs.", "com.vmware.registry.", "com.vmware.rbd.", "com.vmware.trustmanagement.", "com.vmware.cl.",
    "com.vmware.vcintegrity.", "com.vmware.vum.", "com.vmware.applmgmt.", "com.vmware.pod.", "com.vmware.vc.certmgr.",
    "com.vmware.vc.certificatemanagement.", "com.vmware.vc.crypto.", "com.vmware.vc.kms.", "com.vmware.vc.datastore.",
    "com.vmware.vc.dvs.", "com.vmware.vc.guestoperations.", "com.vmware.vc.host.", "com.vmware.vc.infraupdateha.",
    "com.vmware.vc.iofilter.", "com.vmware.vc.npt.", "com.vmware.vc.ovfconsumers.", "com.vmware.vc.profile.",
    "com.vmware.vc.sdrs.", "com.vmware.vc.sgxregistration.", "com.vmware.vc.sioc.", "com.vmware.vc.sms.",
    "com.vmware.vc.spbm.",
    "com.vmware.vc.stats.", "com.vmware.vc.system.", "com.vmware.vc.trustauthority.", "com.vmware.vc.vecs.",
    "com.vmware.vc.vflash.", "com.vmware.vc.vm.", "com.vmware.vc.hardwaresensor", "com.vmware.vc.vchealth",
    "com.vmware.vc.statelessalarm", "com.vmware.vc.tahost", "com.vmware.vc.vmam.", "com.vmware.vc.vmcstorage.",
    "com.vmware.vc.vmdir.", "com.vmware.vc.vsan.", "com.vmware.vc.clusterstore.", "com.vmware.vc.a8scluster.",
    "com.vmware.vc.authorization.",
  ]

  private static let identifiers: Set<String> = [
    // High availability of itself: agents, masters, addresses, heartbeats, resources
    "allhostaddrspingable", "allisoaddrspingable", "notallhostaddrspingable", "answeredvmlocklostquestionevent",
    "answeredvmterminatepdlevent", "autostartdisabled", "clustercontainsincompatiblehosts", "clusterfailoverinprogressevent",
    "connectedtomaster", "createconfigvvolfailedevent", "createconfigvvolsucceededevent", "dasagentrunningevent",
    "dasclusterversioninconsistentevent", "dasfailoverhostpartitionedevent", "dasfailoverhostunreachableevent",
    "dashostmonitoringdisabledevent", "failoverresourcesviolationevent", "heartbeatdatastorechanged",
    "heartbeatdatastorenotsufficient", "hostagenterrorevent", "hostdasagenthealthyevent", "hostdaserrorevent",
    "hostdoesnotsupportvsan", "hosthasnoisolationaddrsdefined", "hosthasnomounteddatastores", "hosthasnosslthumbprint",
    "hostincompatiblewithha", "hostpartitionedfrommasterevent", "hoststatechangedevent", "hostunconfiguredwithprotectedvms",
    "hostunconfigureerror", "insufficientfailoverlevelevent", "invalidmaster", "userheartbeatdatastoreremoved",
    "vccannotcommunicatewithmasterevent", "vccannotfindmasterevent", "vcconnectedtomasterevent",
    "vcdisconnectedfrommasterevent",
    // What `History` reads by itself, and what leaves a VM as it was
    "vmprotectedevent", "vmunprotectedevent", "vmnotprotectedevent", "vmunprotectedondiskspacefull",
    "vmishadisabledisolationevent", "cannotresetvmwithinaccessibledatastore", "vmdasresetabortedevent",
    "preemptionfailedwithmaxretry", "vmcpnotterminatevmwithinaccessibledatastore", "vmcpstoragefailuredetectedforvm",
    "vmcpterminatevmaborted", "dashostcompletenetworkfailureevent", "vcp.testendevent", "vcp.teststartevent",
    "vcp.vcpnoactionevent", "vcp.vmpoweroffhangevent", "vcp.ftdisabledvmtreatasnonftevent",
    "vcp.needsecondaryftvmtreatasnonftevent",
    // Fault Tolerance keeps a VM running, or starts the copy that is behind it
    "ft.vmaffectedbydasdisabledevent", "startftsecondaryfailedevent", "startftsecondarysucceededevent",
    "vcp.ftfailoverevent",
    "vcp.ftsecondaryrestartevent", "vcp.ftsecondaryrestartfailedevent",
    // Operations that ended without a change
    "vmclonefailedinvaliddestinationevent", "vmclonetoresourcepoolfailedevent", "vmcreatefailedevent",
    "vmdiskfailedtoconsolidateevent", "vmforkfailedinvaliddestinationevent", "vminstantclonefailedevent",
    "failedtoapplypermissionsevent", "timesyncfailedevent",
  ]
}
