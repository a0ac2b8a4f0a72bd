package mock

// pending names the operations that are not built yet; they answer 501. The list only ever gets shorter.
var pending = []string{
	"introspectToken", "createOneTimeToken", "loginWithOneTimeToken",
	"authorizeDevice", "getDeviceApproval", "approveDevice", "externalLogin", "authorize", "logout",
	"listInfra", "createInfra", "deleteInfra", "updateInfra", "getInfra",
	"listLocations", "createLocation", "deleteLocation", "updateLocation", "getLocation", "listLocationInfra",
	"createReport", "deleteReport", "updateReport", "getReport", "listStoredReports", "downloadStoredReport",
	"listTenantsUsages", "reportUsages",
	"listTenantReports", "listTenantLocations", "listTenantUsages",
}
