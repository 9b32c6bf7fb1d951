/// The fields of vCenter's records that have a meaning to us, by the names that they have there.
enum KnownField: String, CaseIterable {
  case key, chainId, createdTime, userName, fullFormattedMessage, eventTypeId, severity, reason
  case datacenter, computeResource, host, vm, ds
  case failedHost, isolatedHost, sourceHost, destHost, sourceDatastore, destDatastore
  case managedObject, objectType, objectId, objectName
  case arguments, data, configSpec, instanceUuid, oldName, newName
  // Inside of others.
  case name, value, localizedMessage, fault, numCPUs, memoryMB
}
