package usages_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// Objects of the demo world.
const (
	backup       = "6e6d758d-8e74-3ae3-ac84-50eb0dff12eb"
	blockStorage = "c1000000-0000-4000-8000-000000000001"
	radiology    = "a0000000-0000-4000-8000-000000000003" // a unit of Harbor
	birch        = "a0000000-0000-4000-8000-000000000006" // a customer below a folder of Acme, on trial
	globex       = "a0000000-0000-4000-8000-000000000013"
	elena        = "b0000000-0000-4000-8000-000000000003" // a user of Harbor
	elenasOwn    = "a1000000-0000-4000-8000-000000000003"
	scheduler    = "c11e0000-0000-4000-8000-000000000005" // a client of Harbor
)

type obj = map[string]any

// usage is what the tests read of a usage.
type usage struct {
	Name         string
	Edition      *string
	UsageName    string `json:"usage_name"`
	RangeStart   string `json:"range_start"`
	Type         string
	Unit         string `json:"measurement_unit"`
	Value        int64
	Absolute     int64  `json:"absolute_value"`
	InfraID      string `json:"infra_id"`
	OfferingItem *struct {
		Status int
		Quota  *struct{ Value, Overage *int64 }
	} `json:"offering_item"`
}

// of fetches the usages of a tenant by their names. An item of type infra has one on the first component only.
func of(c *apitest.Client, tenant, query string) map[string]usage {
	var got struct{ Items []usage }
	c.Get("/tenants/" + tenant + "/usages" + query).Want(200).Into(&got)
	byName := map[string]usage{}
	for _, u := range got.Items {
		byName[u.Name+u.InfraID] = u
	}
	return byName
}

// reporter is the root-level client with a token.
func reporter(srv *apitest.Server) *apitest.Client {
	return srv.Bearer(srv.ClientToken(apitest.RootClient, apitest.RootSecret))
}

// say reports usages and wants all of them to be taken in.
func say(t *testing.T, c *apitest.Client, items ...obj) {
	t.Helper()
	a := c.In(t).Put("/tenants/usages", obj{"items": items}).Want(200)
	for i := range items {
		if e, failed := a.Find("/items/" + string(rune('0'+i)) + "/error"); failed {
			t.Fatalf("item %d: %v", i, e)
		}
	}
}

func per(tenant, item string, value int64) obj {
	return obj{"tenant_id": tenant, "offering_item": item, "usage_value": value}
}

func resource(id, usageType string, value int64) obj {
	return obj{"resource_id": id, "usage_type": usageType, "usage_value": value}
}
