package mock

// pending names the operations that are not built yet; they answer 501. The list only ever gets shorter.
var pending = []string{
	"enableApplication", "disableApplication",
	"deleteApplicationSetting", "updateApplicationSetting", "getApplicationSetting",
	"introspectToken", "createOneTimeToken", "loginWithOneTimeToken",
	"authorizeDevice", "getDeviceApproval", "approveDevice", "externalLogin", "authorize", "logout",
	"listInfra", "createInfra", "deleteInfra", "updateInfra", "getInfra",
	"listLocations", "createLocation", "deleteLocation", "updateLocation", "getLocation", "listLocationInfra",
	"createReport", "deleteReport", "updateReport", "getReport", "listStoredReports", "downloadStoredReport",
	"listTenantsApplications", "listTenantsOfferingItems", "listTenantsUsages", "reportUsages",
	"listOfferingItems", "updateOfferingItems", "listAvailableOfferingItems",
	"listOfferingItemPrices", "updateOfferingItemPrices", "checkEdition", "switchEdition",
	"listTenantApplications", "listTenantReports", "listTenantLocations", "listTenantUsages",
	"getPricing", "updatePricing",
}
