/// The classes of vCenter's events and the class that each extends, as the vim25 API declares them.
///
/// Names and relations as pyVmomi 9.1.1 (Apache-2.0) declares them; facts.
struct VCenterClasses {
  /// The class that one extends; nil for `Event` itself and for what is no class.
  /// - Parameter key: the name in lower case.
  static func base(of key: String) -> String? { bases[key] }

  /// Every class in lower case.
  static var all: Set<String> { Set(bases.keys).union(["event"]) }

  /// Whether a type name, in lower case, is that of a class.
  static func holds(_ key: String) -> Bool { key == "event" || bases[key] != nil }

  private static let bases: [String: String] = {
    var bases: [String: String] = [:]
    var base = ""
    for word in table.lowercased().split(whereSeparator: \.isWhitespace) {
      if word.hasSuffix(":") {
        base = String(word.dropLast())
      } else {
        bases[String(word)] = base
      }
    }
    return bases
  }()

  private static let table = """
    AlarmEvent: AlarmAcknowledgedEvent AlarmActionTriggeredEvent AlarmClearedEvent AlarmCreatedEvent
      AlarmEmailCompletedEvent AlarmEmailFailedEvent AlarmReconfiguredEvent AlarmRemovedEvent
      AlarmScriptCompleteEvent AlarmScriptFailedEvent AlarmSnmpCompletedEvent AlarmSnmpFailedEvent
      AlarmStatusChangedEvent
    AuthorizationEvent: PermissionEvent RoleEvent
    ClusterEvent: ClusterComplianceCheckedEvent ClusterCreatedEvent ClusterDestroyedEvent ClusterOvercommittedEvent
      ClusterReconfiguredEvent ClusterStatusChangedEvent DasAdmissionControlDisabledEvent
      DasAdmissionControlEnabledEvent DasAgentFoundEvent DasAgentUnavailableEvent DasClusterIsolatedEvent
      DasDisabledEvent DasEnabledEvent DasHostFailedEvent DasHostIsolatedEvent DrsDisabledEvent DrsEnabledEvent
      DrsInvocationFailedEvent DrsRecoveredFromFailureEvent FailoverLevelRestored HostMonitoringStateChangedEvent
      InsufficientFailoverResourcesEvent VmHealthMonitoringStateChangedEvent
    ClusterOvercommittedEvent: HostOvercommittedEvent
    ClusterStatusChangedEvent: HostStatusChangedEvent
    CustomFieldDefEvent: CustomFieldDefAddedEvent CustomFieldDefRemovedEvent CustomFieldDefRenamedEvent
    CustomFieldEvent: CustomFieldDefEvent CustomFieldValueChangedEvent
    CustomizationEvent: CustomizationFailed CustomizationStartedEvent CustomizationSucceeded
    CustomizationFailed: CustomizationLinuxIdentityFailed CustomizationNetworkSetupFailed CustomizationSysprepFailed
      CustomizationUnknownFailure
    DVPortgroupEvent: DVPortgroupCreatedEvent DVPortgroupDestroyedEvent DVPortgroupReconfiguredEvent
      DVPortgroupRenamedEvent DvpgImportEvent DvpgRestoreEvent
    DatacenterEvent: DatacenterCreatedEvent DatacenterRenamedEvent
    DatastoreEvent: DatastoreCapacityIncreasedEvent DatastoreDestroyedEvent DatastoreDuplicatedEvent
      DatastoreFileEvent DatastoreIORMReconfiguredEvent DatastoreRenamedEvent NonVIWorkloadDetectedOnDatastoreEvent
    DatastoreFileEvent: DatastoreFileCopiedEvent DatastoreFileDeletedEvent DatastoreFileMovedEvent
    DvsEvent: DvsCreatedEvent DvsDestroyedEvent DvsHostBackInSyncEvent DvsHostJoinedEvent DvsHostLeftEvent
      DvsHostStatusUpdated DvsHostWentOutOfSyncEvent DvsImportEvent DvsMergedEvent DvsPortBlockedEvent
      DvsPortConnectedEvent DvsPortCreatedEvent DvsPortDeletedEvent DvsPortDisconnectedEvent
      DvsPortEnteredPassthruEvent DvsPortExitedPassthruEvent DvsPortJoinPortgroupEvent DvsPortLeavePortgroupEvent
      DvsPortLinkDownEvent DvsPortLinkUpEvent DvsPortReconfiguredEvent DvsPortRuntimeChangeEvent
      DvsPortUnblockedEvent DvsPortVendorSpecificStateChangeEvent DvsReconfiguredEvent DvsRenamedEvent
      DvsRestoreEvent DvsUpgradeAvailableEvent DvsUpgradeInProgressEvent DvsUpgradeRejectedEvent DvsUpgradedEvent
      HostLocalPortCreatedEvent OutOfSyncDvsHost RecoveryEvent RollbackEvent
      VmVnicPoolReservationViolationClearEvent VmVnicPoolReservationViolationRaiseEvent
    DvsHealthStatusChangeEvent: MtuMatchEvent MtuMismatchEvent TeamingMatchEvent TeamingMisMatchEvent
      UplinkPortMtuNotSupportEvent UplinkPortMtuSupportEvent UplinkPortVlanTrunkedEvent UplinkPortVlanUntrunkedEvent
    EnteredStandbyModeEvent: DrsEnteredStandbyModeEvent
    EnteringStandbyModeEvent: DrsEnteringStandbyModeEvent
    Event: AlarmEvent AuthorizationEvent ClusterEvent CustomFieldEvent DVPortgroupEvent DatacenterEvent
      DatastoreEvent DvsEvent EventEx GeneralEvent HealthStatusChangedEvent HostEvent HostInventoryUnreadableEvent
      LicenseEvent LicenseExpiredEvent LockerMisconfiguredEvent LockerReconfiguredEvent NetworkRollbackEvent
      ProfileEvent ResourcePoolEvent ScheduledTaskEvent SessionEvent TaskEvent TemplateUpgradeEvent UpgradeEvent
      VmEvent
    ExitStandbyModeFailedEvent: DrsExitStandbyModeFailedEvent
    ExitedStandbyModeEvent: DrsExitedStandbyModeEvent
    ExitingStandbyModeEvent: DrsExitingStandbyModeEvent
    GeneralEvent: ExtendedEvent GeneralHostErrorEvent GeneralHostInfoEvent GeneralHostWarningEvent GeneralUserEvent
      GeneralVmErrorEvent GeneralVmInfoEvent GeneralVmWarningEvent
    HostDasEvent: HostExtraNetworksEvent HostIsolationIpPingFailedEvent HostMissingNetworksEvent
      HostNoAvailableNetworksEvent HostNoHAEnabledPortGroupsEvent HostNoRedundantManagementNetworkEvent
      HostNotInClusterEvent HostPrimaryAgentNotShortNameEvent HostShortNameInconsistentEvent
    HostEvent: AccountCreatedEvent AccountRemovedEvent AccountUpdatedEvent AdminPasswordNotChangedEvent
      CanceledHostOperationEvent DatastoreDiscoveredEvent DatastorePrincipalConfigured DatastoreRemovedOnHostEvent
      DatastoreRenamedOnHostEvent DrsResourceConfigureFailedEvent DrsResourceConfigureSyncedEvent
      DuplicateIpDetectedEvent DvsHealthStatusChangeEvent EnteredMaintenanceModeEvent EnteredStandbyModeEvent
      EnteringMaintenanceModeEvent EnteringStandbyModeEvent ExitMaintenanceModeEvent ExitStandbyModeFailedEvent
      ExitedStandbyModeEvent ExitingStandbyModeEvent GhostDvsProxySwitchDetectedEvent
      GhostDvsProxySwitchRemovedEvent HostAddFailedEvent HostAddedEvent HostAdminDisableEvent HostAdminEnableEvent
      HostCnxFailedAccountFailedEvent HostCnxFailedAlreadyManagedEvent HostCnxFailedBadCcagentEvent
      HostCnxFailedBadUsernameEvent HostCnxFailedBadVersionEvent HostCnxFailedCcagentUpgradeEvent HostCnxFailedEvent
      HostCnxFailedNetworkErrorEvent HostCnxFailedNoAccessEvent HostCnxFailedNoConnectionEvent
      HostCnxFailedNoLicenseEvent HostCnxFailedNotFoundEvent HostCnxFailedTimeoutEvent HostComplianceCheckedEvent
      HostCompliantEvent HostConfigAppliedEvent HostConnectedEvent HostConnectionLostEvent HostDasDisabledEvent
      HostDasDisablingEvent HostDasEnabledEvent HostDasEnablingEvent HostDasErrorEvent HostDasEvent HostDasOkEvent
      HostDisconnectedEvent HostEnableAdminFailedEvent HostGetShortNameFailedEvent HostInAuditModeEvent
      HostIpChangedEvent HostIpInconsistentEvent HostIpToShortNameFailedEvent HostNonCompliantEvent
      HostProfileAppliedEvent HostReconnectionFailedEvent HostRemovedEvent HostShortNameToIpFailedEvent
      HostShutdownEvent HostSpecificationChangedEvent HostSpecificationRequireEvent HostSpecificationUpdateEvent
      HostSubSpecificationDeleteEvent HostSubSpecificationUpdateEvent HostSyncFailedEvent HostUpgradeFailedEvent
      HostUserWorldSwapNotEnabledEvent HostVnicConnectedToCustomizedDVPortEvent HostWwnChangedEvent
      HostWwnConflictEvent IScsiBootFailureEvent LocalDatastoreCreatedEvent LocalTSMEnabledEvent
      NASDatastoreCreatedEvent NoDatastoresConfiguredEvent RemoteTSMEnabledEvent TimedOutHostOperationEvent
      UpdatedAgentBeingRestartedEvent UserAssignedToGroup UserPasswordChanged UserUnassignedFromGroup
      VMFSDatastoreCreatedEvent VMFSDatastoreExpandedEvent VMFSDatastoreExtendedEvent VcAgentUninstallFailedEvent
      VcAgentUninstalledEvent VcAgentUpgradeFailedEvent VcAgentUpgradedEvent VimAccountPasswordChangedEvent
    LicenseEvent: AllVirtualMachinesLicensedEvent HostInventoryFullEvent HostLicenseExpiredEvent
      IncorrectHostInformationEvent InvalidEditionEvent LicenseNonComplianceEvent LicenseRestrictedEvent
      LicenseServerAvailableEvent LicenseServerUnavailableEvent NoLicenseEvent ServerLicenseExpiredEvent
      UnlicensedVirtualMachinesEvent UnlicensedVirtualMachinesFoundEvent VMotionLicenseExpiredEvent
    MigrationEvent: MigrationErrorEvent MigrationHostErrorEvent MigrationHostWarningEvent
      MigrationResourceErrorEvent MigrationResourceWarningEvent MigrationWarningEvent
    PermissionEvent: PermissionAddedEvent PermissionRemovedEvent PermissionUpdatedEvent
    ProfileEvent: ProfileAssociatedEvent ProfileChangedEvent ProfileCreatedEvent ProfileDissociatedEvent
      ProfileReferenceHostChangedEvent ProfileRemovedEvent
    ResourcePoolEvent: ResourcePoolCreatedEvent ResourcePoolDestroyedEvent ResourcePoolMovedEvent
      ResourcePoolReconfiguredEvent ResourceViolatedEvent
    RoleEvent: RoleAddedEvent RoleRemovedEvent RoleUpdatedEvent
    ScheduledTaskEvent: ScheduledTaskCompletedEvent ScheduledTaskCreatedEvent ScheduledTaskEmailCompletedEvent
      ScheduledTaskEmailFailedEvent ScheduledTaskFailedEvent ScheduledTaskReconfiguredEvent
      ScheduledTaskRemovedEvent ScheduledTaskStartedEvent
    SessionEvent: AlreadyAuthenticatedSessionEvent BadUsernameSessionEvent GlobalMessageChangedEvent
      NoAccessUserEvent ServerStartedSessionEvent SessionTerminatedEvent UserLoginSessionEvent
      UserLogoutSessionEvent
    TaskEvent: TaskTimeoutEvent
    TemplateUpgradeEvent: TemplateBeingUpgradedEvent TemplateUpgradeFailedEvent TemplateUpgradedEvent
    UpgradeEvent: ErrorUpgradeEvent InfoUpgradeEvent UserUpgradeEvent WarningUpgradeEvent
    VmCloneEvent: VmBeingClonedEvent VmBeingClonedNoFolderEvent VmCloneFailedEvent VmClonedEvent
    VmDasBeingResetEvent: VmDasBeingResetWithScreenshotEvent
    VmEvent: CustomizationEvent DrsRuleComplianceEvent DrsRuleViolationEvent DrsSoftRuleViolationEvent
      MigrationEvent NoMaintenanceModeDrsRecommendationForVM NotEnoughResourcesToStartVmEvent
      VmAcquiredMksTicketEvent VmAcquiredTicketEvent VmAutoRenameEvent VmBeingCreatedEvent VmBeingDeployedEvent
      VmBeingHotMigratedEvent VmBeingMigratedEvent VmCloneEvent VmConfigMissingEvent VmConnectedEvent VmCreatedEvent
      VmDasBeingResetEvent VmDasResetFailedEvent VmDasUpdateErrorEvent VmDasUpdateOkEvent VmDateRolledBackEvent
      VmDeployFailedEvent VmDeployedEvent VmDisconnectedEvent VmDiscoveredEvent VmDiskFailedEvent VmEmigratingEvent
      VmEndRecordingEvent VmEndReplayingEvent VmFailedMigrateEvent VmFailedRelayoutEvent
      VmFailedRelayoutOnVmfs2DatastoreEvent VmFailedStartingSecondaryEvent VmFailedToPowerOffEvent
      VmFailedToPowerOnEvent VmFailedToRebootGuestEvent VmFailedToResetEvent VmFailedToShutdownGuestEvent
      VmFailedToStandbyGuestEvent VmFailedToSuspendEvent VmFailedUpdatingSecondaryConfig VmFailoverFailed
      VmFaultToleranceStateChangedEvent VmFaultToleranceTurnedOffEvent VmFaultToleranceVmTerminatedEvent
      VmGuestOSCrashedEvent VmGuestRebootEvent VmGuestShutdownEvent VmGuestStandbyEvent VmInstanceUuidAssignedEvent
      VmInstanceUuidChangedEvent VmInstanceUuidConflictEvent VmMacAssignedEvent VmMacChangedEvent VmMacConflictEvent
      VmMaxFTRestartCountReached VmMaxRestartCountReached VmMessageErrorEvent VmMessageEvent VmMessageWarningEvent
      VmMigratedEvent VmNoCompatibleHostForSecondaryEvent VmNoNetworkAccessEvent VmOrphanedEvent VmPoweredOffEvent
      VmPoweredOnEvent VmPoweringOnWithCustomizedDVPortEvent VmPrimaryFailoverEvent VmReconfiguredEvent
      VmRegisteredEvent VmRelayoutSuccessfulEvent VmRelayoutUpToDateEvent VmReloadFromPathEvent
      VmReloadFromPathFailedEvent VmRelocateSpecEvent VmRemoteConsoleConnectedEvent VmRemoteConsoleDisconnectedEvent
      VmRemovedEvent VmRenamedEvent VmRequirementsExceedCurrentEVCModeEvent VmResettingEvent
      VmResourcePoolMovedEvent VmResourceReallocatedEvent VmResumingEvent VmSecondaryAddedEvent
      VmSecondaryDisabledBySystemEvent VmSecondaryDisabledEvent VmSecondaryEnabledEvent VmSecondaryStartedEvent
      VmStartRecordingEvent VmStartReplayingEvent VmStartingEvent VmStartingSecondaryEvent VmStaticMacConflictEvent
      VmStoppingEvent VmSuspendedEvent VmSuspendingEvent VmTimedoutStartingSecondaryEvent VmUpgradeCompleteEvent
      VmUpgradeFailedEvent VmUpgradingEvent VmUuidAssignedEvent VmUuidChangedEvent VmUuidConflictEvent
      VmWwnAssignedEvent VmWwnChangedEvent VmWwnConflictEvent
    VmMigratedEvent: DrsVmMigratedEvent
    VmPoweredOffEvent: VmPowerOffOnIsolationEvent VmShutdownOnIsolationEvent
    VmPoweredOnEvent: DrsVmPoweredOnEvent VmRestartedOnAlternateHostEvent
    VmRelocateSpecEvent: VmBeingRelocatedEvent VmRelocateFailedEvent VmRelocatedEvent
    VmStartingEvent: VmUnsupportedStartingEvent
    """
}
