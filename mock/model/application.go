package model

import (
	"slices"
	"strings"
)

// Application is a service of the platform. The six published ones exist in every world and never change.
type Application struct {
	ID      AppID
	Type    string
	Name    string
	Usages  []string // the usages it reports
	BaseURL string   // of its own API, below the data centre
}

// The published applications (wire facts, core 9).
const (
	AppBackup   AppID = "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb"
	AppFiles    AppID = "dfd85a5f-a464-32ab-81fd-99bcc66a070f"
	AppShipping AppID = "b71b2c18-590a-303c-9d5a-8444fbe713ac"
	AppNotary   AppID = "f9c5744e-bd1a-36b6-b0f0-ecd7483e1796"
	AppHCI      AppID = "cc29685d-a9ca-3e87-a83d-069f18b588f0"
	AppPlatform AppID = "7459244f-68f3-3bf4-9f53-5f63ecc1d91f"
)

var applications = []Application{
	{AppBackup, "backup", "Backup", strings.Fields(backupUsages), "/bc/"},
	{AppFiles, "files_cloud", "File Sync & Share", strings.Fields("fc_seats fc_storage fc_child_storages fc_total_storage"), "/fc/"},
	{AppShipping, "physical_data_shipping", "Physical Data Shipping", strings.Fields("drives_shipped_to_cloud drives_shipped_from_cloud"), "/pds/"},
	{AppNotary, "notary", "Notary", strings.Fields(notaryUsages), "/notary/console"},
	{AppHCI, "hci", "Cyber Infrastructure", strings.Fields(hciUsages), "/hci/"},
	{AppPlatform, "platform", "Management Portal", []string{}, "/mc/"},
}

// The usages by name (wire facts, core 9, as the vendor's schema lists them).
const (
	backupUsages = `assigned_compute_points child_storages cloud_to_cloud_backup compute_points dr_cloud_servers
		dr_internet_access dr_storage google_drive_storage google_mail_storage google_team_drive_storage
		group_mailbox_storage group_site_storage gsuite_seats local_storage mailbox_instance_size mailbox_storage
		mailboxes mobile_storage mobiles onedrive_storage public_ips server_storage servers
		sharepoint_online_site_storage site_collection_storage storage total_storage universal_devices
		universal_devices_storage virtualhost_storage virtualhosts vm_storage vms website_storage websites
		win_server_essentials win_server_essentials_storage workstation_storage workstations`
	notaryUsages = `notarizations notarizations_api notarizations_total esignatures esignatures_api notary_storage`
	hciUsages    = `hci_iscsi_storage hci_s3_storage hci_nfs_storage hci_cifs_storage hci_vm_storage hci_vtl_storage
		hci_storage hci_compute_points hci_vm_provisioned_cpu hci_vm_provisioned_ram
		hci_total_iscsi_storage hci_total_s3_storage hci_total_nfs_storage hci_total_cifs_storage hci_total_vm_storage
		hci_total_vtl_storage hci_total_storage hci_total_compute_points hci_total_vm_provisioned_cpu
		hci_total_vm_provisioned_ram`
)

// Applications lists the published applications, always in the same order.
func Applications() []Application { return slices.Clone(applications) }

// FindApplication finds a published application; an unknown id is a refusal.
func FindApplication(id AppID) (*Application, error) {
	for i := range applications {
		if applications[i].ID == id {
			found := applications[i]
			return &found, nil
		}
	}
	return nil, Missing("application", id)
}
