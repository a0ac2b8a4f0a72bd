package pricing_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
	"github.com/tenantry/tenantry/mock/model"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and components of the demo world beside those of apitest.
const (
	birch   = "a0000000-0000-4000-8000-000000000006" // customer on trial
	oldMill = "a0000000-0000-4000-8000-000000000008" // deleted
	pinned  = "a0000000-0000-4000-8000-000000000010" // locked by itself
	globex  = "a0000000-0000-4000-8000-000000000013" // another partner

	block = "c1000000-0000-4000-8000-000000000001"

	backup = string(model.AppBackup)
)

func pricing(c *apitest.Client, id string) *apitest.Answer {
	return c.Get("/tenants/" + id + "/pricing")
}

func put(c *apitest.Client, id string, version int64, members obj) *apitest.Answer {
	body := obj{"version": version}
	for name, value := range members {
		body[name] = value
	}
	return c.Put("/tenants/"+id+"/pricing", body)
}

func TestATrialIsPutIntoProductionByTheTextThatWasRead(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	id := c.Post("/tenants", obj{"name": "Fresh", "parent_id": apitest.Acme, "kind": "customer"}).Want(201).Text("/id")
	before := pricing(c, id).Want(200)
	if before.Text("/mode") != "trial" || before.Value("/currency") != nil || !strings.HasSuffix(before.Text("/production_start_date"), "-01T00:00:00Z") {
		t.Errorf("pricing of a new customer: %s", before.Body)
	}
	tenant := c.Get("/tenants/" + id).Int("/version")
	a := c.Put("/tenants/"+id+"/pricing", strings.ReplaceAll(string(before.Body), "trial", "production")).Want(200)
	if a.Text("/mode") != "production" || a.Int("/version") <= before.Int("/version") {
		t.Errorf("after the switch: %s", a.Body)
	}
	if started, now := a.Text("/production_start_date"), model.FormatZ(srv.Now()); started[:13] != now[:13] {
		t.Errorf("production_start_date = %s, want the time of the switch (%s)", started, now)
	}
	again := c.Get("/tenants/" + id).Want(200)
	if again.Text("/pricing_mode") != "production" || again.Int("/version") != tenant {
		t.Errorf("the tenant shows %s at version %d, want production at %d", again.Text("/pricing_mode"), again.Int("/version"), tenant)
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	for claim, tt := range map[string]struct {
		id     string
		modes  []string
		status int
	}{
		"a trial can be suspended":              {birch, []string{"suspended"}, 200},
		"what is suspended goes on":             {birch, []string{"suspended", "production"}, 200},
		"production does not go back to trial":  {birch, []string{"production", "trial"}, 400},
		"nor does what is suspended":            {birch, []string{"suspended", "trial"}, 400},
		"a partner never was on trial":          {apitest.Acme, []string{"trial"}, 400},
		"a mode may be sent again":              {apitest.Harbor, []string{"production", "production"}, 200},
		"no other mode is known to the service": {apitest.Harbor, []string{"free"}, 400},
	} {
		t.Run(claim, func(t *testing.T) {
			t.Parallel()
			c := apitest.Start(t).Partner()
			for i, mode := range tt.modes {
				want := 200
				if i == len(tt.modes)-1 {
					want = tt.status
				}
				put(c, tt.id, pricing(c, tt.id).Int("/version"), obj{"mode": mode}).Want(want)
			}
		})
	}
}

func TestATrialEndsByTheClock(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	before := pricing(c, birch).Want(200)
	if err := srv.Advance(70 * 24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	after := pricing(c, birch).Want(200)
	if after.Text("/mode") != "production" || after.Text("/production_start_date") != before.Text("/production_start_date") || after.Int("/version") <= before.Int("/version") {
		t.Errorf("before %s, after %s", before.Body, after.Body)
	}
}

func TestCurrencies(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	version := func() int64 { return pricing(c, apitest.Harbor).Int("/version") }
	if got := put(c, apitest.Harbor, version(), obj{"currency": "EUR"}).Want(200); got.Text("/currency") != "EUR" || got.Text("/mode") != "production" {
		t.Errorf("currency alone: %s", got.Body)
	}
	if got := put(c, apitest.Harbor, version(), obj{}).Want(200).Text("/currency"); got != "EUR" {
		t.Errorf("what is left out stays: %s", got)
	}
	if got := put(c, apitest.Harbor, version(), obj{"currency": nil}).Want(200).Value("/currency"); got != nil {
		t.Errorf("null takes the currency away: %v", got)
	}
	put(c, apitest.Harbor, version(), obj{"currency": "XAU"}).Want(400)
	put(c, apitest.Harbor, 1, obj{"currency": "EUR"}).Refused(409, 1001)
	c.Put("/tenants/"+apitest.Harbor+"/pricing", obj{"currency": "EUR"}).Want(400) // without a version
}

func TestOfTwoWritersOneWins(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	c := srv.Partner()
	for round := range 100 {
		version := pricing(c, apitest.Harbor).Int("/version")
		var wg sync.WaitGroup
		answers := make([]*apitest.Answer, 2)
		for i := range answers {
			wg.Go(func() { answers[i] = put(c, apitest.Harbor, version, obj{"currency": "EUR"}) })
		}
		wg.Wait()
		if answers[0].Status+answers[1].Status != 200+409 {
			t.Fatalf("round %d: got %d and %d, want 200 and 409", round, answers[0].Status, answers[1].Status)
		}
	}
}

func TestWhoMaySeeAndChangePrices(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	c := srv.Partner()
	viewer := srv.Basic("viewer@acme-msp.example", apitest.AdminPassword)
	for _, path := range []string{"/pricing", "/offering_items/pricing"} {
		c.Get("/tenants/"+apitest.NoSuchID+path).Refused(404, 404)
		c.Get("/tenants/"+oldMill+path).Refused(404, 404)
		c.Get("/tenants/"+globex+path).Refused(403, 1002)
		srv.Nobody().Get("/tenants/" + apitest.Acme + path).Want(401)
		viewer.Get("/tenants/" + apitest.Acme + path).Want(200)
		body := obj{"version": 1, "items": []obj{}}
		viewer.Put("/tenants/"+apitest.Acme+path, body).Want(403)
		c.Put("/tenants/"+globex+path, body).Refused(403, 1002)
		c.Put("/tenants/"+apitest.NoSuchID+path, body).Refused(404, 404)
		c.Put("/tenants/"+pinned+path, body).Refused(403, 1012)
	}
}

func prices(c *apitest.Client, id string) *apitest.Answer {
	return c.Get("/tenants/" + id + "/offering_items/pricing")
}

func putPrices(c *apitest.Client, id string, items ...obj) *apitest.Answer {
	return c.Put("/tenants/"+id+"/offering_items/pricing", obj{"items": append([]obj{}, items...)})
}

func price(name, amount string, members ...any) obj {
	o := obj{"application_id": backup, "name": name, "price": amount}
	for i := 0; i < len(members); i += 2 {
		o[members[i].(string)] = members[i+1]
	}
	return o
}

// amounts maps names to prices.
func amounts(t *testing.T, a *apitest.Answer) map[string]string {
	t.Helper()
	var list struct {
		Items []struct{ Name, Price string }
	}
	a.Want(200).Into(&list)
	all := map[string]string{}
	for _, p := range list.Items {
		all[p.Name] = p.Price
	}
	return all
}

func TestPricesAreMergedAndNothingRemovesOne(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	c := srv.Partner()
	if got := prices(c, apitest.Harbor).Want(200).Len("/items"); got != 0 {
		t.Errorf("a tenant without prices has %d", got)
	}
	// Any version comes with a first price, as in the reference.
	a := putPrices(c, apitest.Harbor, price("storage", "0.05", "infra_id", block, "version", 1497533157730), price("servers", "600"), price("vms", "1.50"))
	if d := cmp.Diff(map[string]string{"storage": "0.05", "servers": "600", "vms": "1.50"}, amounts(t, a)); d != "" {
		t.Errorf("prices (-want +got):\n%s", d)
	}
	version := a.Int("/items/0/version")
	if version != srv.Now().UnixMilli() || a.Int("/items/2/version") != version || a.Text("/items/1/infra_id") != block {
		t.Errorf("one version for the call, and the component: %s", a.Body)
	}
	a = putPrices(c, apitest.Harbor, price("vms", "0.00", "version", version), price("servers", "610", "version", version))
	if d := cmp.Diff(map[string]string{"storage": "0.05", "servers": "610"}, amounts(t, a)); d != "" {
		t.Errorf("prices (-want +got):\n%s", d)
	}
	if d := cmp.Diff(amounts(t, a), amounts(t, prices(c, apitest.Harbor))); d != "" {
		t.Errorf("the answer and the list differ:\n%s", d)
	}
	if got := a.Int("/items/0/version"); got != version+1 {
		t.Errorf("version of the new price = %d, want %d", got, version+1)
	}
	putPrices(c, apitest.Harbor, price("servers", "620", "version", version)).Refused(409, 1001)
	putPrices(c, apitest.Harbor, price("servers", "620")).Want(200)
	putPrices(c, apitest.Harbor, price("toys", "0")).Want(400)
}

func TestPricesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	for claim, tt := range map[string]struct {
		item    obj
		pointer string
	}{
		"of an unknown application": {price("vms", "1", "application_id", apitest.NoSuchID), "/items/1/application_id"},
		"of an unknown item":        {price("toys", "1"), "/items/1/name"},
		"on an unknown component":   {price("storage", "1", "infra_id", apitest.NoSuchID), "/items/1/infra_id"},
		"that is no number":         {price("vms", "dear"), "/items/1/price"},
		"that is negative":          {price("vms", "-1"), "/items/1/price"},
		"that is empty":             {price("vms", ""), "/items/1/price"},
		"without an amount":         {obj{"application_id": backup, "name": "vms"}, "/items/1/price"},
	} {
		a := putPrices(c, apitest.Harbor, price("servers", "1"), tt.item)
		if a.Status != 400 || a.Text("/error/details/addition/0/pointer") != tt.pointer {
			t.Errorf("a price %s: got %d: %s, want 400 at %s", claim, a.Status, a.Body, tt.pointer)
		}
	}
	if got := prices(c, apitest.Harbor).Len("/items"); got != 0 {
		t.Errorf("refused calls left %d prices", got)
	}
}

func TestAUsageHasAPriceToo(t *testing.T) {
	t.Parallel()
	c := apitest.Start(t).Partner()
	if got := amounts(t, putPrices(c, apitest.Acme, price("local_storage", "0.01"), price("total_storage", "2"), price("pg_base_vms", "3")))["pg_base_vms"]; got != "3" {
		t.Errorf("price of an item with a prefix = %q", got)
	}
}
