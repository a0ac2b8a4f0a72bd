package infra_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestANewComponent(t *testing.T) {
	t.Parallel()
	srv := start(t)
	a := srv.acme.Post("/infra", obj{
		"owner_tenant_id": apitest.Acme, "location_id": portland, "name": " Cold storage ",
		"url": "amazon+s3://KEY:SEC/RET@s3.example/bucket", "capabilities": []string{"backup", "backup"},
	}).Want(201)
	var got obj
	a.Into(&got)
	want := obj{
		"id": got["id"], "owner_tenant_id": apitest.Acme, "location_id": portland, "platform_owned": false,
		"name": "Cold storage", "url": "amazon+s3://s3.example/bucket", "capabilities": []any{"backup"},
		"backend_type": nil, "version": 1.0, "readonly": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the component (-want +got):\n%s", diff)
	}
	var again obj
	srv.acme.Get("/infra/" + a.Text("/id")).Want(200).Into(&again)
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("GET shows it differently (-POST +GET):\n%s", diff)
	}
}

func TestWhereAComponentGoes(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for name, tt := range map[string]struct {
		caller      *apitest.Client
		owner, asks string
		want        string
	}{
		"to the owner's first location": {srv.acme, apitest.Acme, "", portland},
		"else to the platform's":        {srv.globex, globex, "", frankfurt},
		"to an inherited one":           {srv.globex, globex, frankfurt, frankfurt},
	} {
		t.Run(name, func(t *testing.T) {
			body := storage(tt.owner, obj{"name": name, "url": "s3://" + tt.owner + ".example/" + tt.asks})
			if tt.asks != "" {
				body["location_id"] = tt.asks
			}
			if got := tt.caller.In(t).Post("/infra", body).Want(201).Text("/location_id"); got != tt.want {
				t.Errorf("the component is in location %s, want %s", got, tt.want)
			}
		})
	}
}

func TestComponentsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for name, tt := range map[string]struct {
		caller       *apitest.Client
		body         obj
		status, code int
	}{
		"an unknown owner":              {srv.acme, storage(apitest.NoSuchID, nil), 404, 1005},
		"a foreign owner":               {srv.acme, storage(globex, nil), 403, 1002},
		"the platform, from below":      {srv.acme, storage(apitest.RootTenant, nil), 403, 1002},
		"a customer":                    {srv.acme, storage(apitest.Harbor, nil), 403, 1027},
		"an unknown location":           {srv.acme, storage(apitest.Acme, obj{"location_id": apitest.NoSuchID}), 400, 400},
		"a foreign location":            {srv.globex, storage(globex, obj{"location_id": portland}), 403, 1002},
		"a location below the owner":    {srv.root, storage(apitest.RootTenant, obj{"location_id": portland}), 403, 1002},
		"a name that is taken":          {srv.acme, storage(apitest.Acme, obj{"name": "PORTLAND vault"}), 409, 1015},
		"a URL that is taken":           {srv.acme, storage(apitest.Acme, obj{"url": "abgw://a:b@vault.portland.acme-msp.example:44445"}), 409, 1015},
		"a blank name":                  {srv.acme, storage(apitest.Acme, obj{"name": "  "}), 400, 400},
		"a capability that nobody has":  {srv.acme, storage(apitest.Acme, obj{"capabilities": []string{"flying"}}), 400, 400},
		"a backend that nobody has":     {srv.acme, storage(apitest.Acme, obj{"backend_type": "floppy"}), 400, 400},
		"what is no URL":                {srv.acme, storage(apitest.Acme, obj{"url": "cold.example"}), 400, 400},
		"a company's administrator":     {srv.harbor, storage(apitest.Harbor, nil), 403, 1002},
		"a member that must be a text":  {srv.acme, storage(apitest.Acme, obj{"name": nil}), 400, 400},
		"Basic credentials (no OAuth)":  {srv.Partner(), storage(apitest.Acme, nil), 401, 401},
		"without capabilities":          {srv.acme, obj{"owner_tenant_id": apitest.Acme, "name": "x", "url": "s3://x"}, 400, 400},
		"without an owner":              {srv.acme, obj{"name": "x", "url": "s3://x", "capabilities": []any{}}, 400, 400},
		"a location that is no id":      {srv.acme, storage(apitest.Acme, obj{"location_id": "portland"}), 400, 400},
		"credentials of nobody at all ": {srv.Nobody(), storage(apitest.Acme, nil), 401, 401},
	} {
		t.Run(name, func(t *testing.T) {
			tt.caller.In(t).Post("/infra", tt.body).Refused(tt.status, tt.code)
		})
	}
	srv.acme.Post("/infra", storage(apitest.Acme, obj{"backend_type": nil})).Want(201)
}

func TestWhoSeesAComponent(t *testing.T) {
	t.Parallel()
	srv := start(t)
	type seen struct{ platform, readonly bool }
	for name, tt := range map[string]struct {
		caller *apitest.Client
		id     string
		want   seen
	}{
		"its owner":                              {srv.acme, vault, seen{false, false}},
		"those above":                            {srv.root, vault, seen{false, false}},
		"those below, read-only":                 {srv.harbor, vault, seen{false, true}},
		"the platform its own":                   {srv.root, blockStorage, seen{true, false}},
		"everybody the platform's, read-only":    {srv.globex, blockStorage, seen{true, true}},
		"a customer the platform's as read-only": {srv.harbor, objectStorage, seen{true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			a := tt.caller.In(t).Get("/infra/" + tt.id).Want(200)
			got := seen{a.Value("/platform_owned").(bool), a.Value("/readonly").(bool)}
			if got != tt.want {
				t.Errorf("platform_owned and readonly are %v, want %v", got, tt.want)
			}
		})
	}
	srv.globex.Get("/infra/"+vault).Refused(403, 1002)
	srv.globex.Get("/infra/"+apitest.NoSuchID).Refused(404, 404)
	srv.globex.Get("/infra/vault").Refused(404, 404)
	srv.globex.Get("/infra/"+apitest.Acme).Refused(404, 404) // the id of another kind
}

func TestTheBatchSkipsWhatIsNotThereOrNotSeen(t *testing.T) {
	t.Parallel()
	srv := start(t)
	for name, tt := range map[string]struct {
		caller *apitest.Client
		ids    string
		want   []string
	}{
		"unknown ids and malformed ones": {srv.acme, vault + "," + apitest.NoSuchID + ",vault," + blockStorage, []string{vault, blockStorage}},
		"ids out of sight":               {srv.globex, vault + "," + blockStorage, []string{blockStorage}},
		"repeated ids":                   {srv.acme, vault + "," + vault, []string{vault}},
		"all of them":                    {srv.acme, apitest.NoSuchID, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := tt.caller.In(t).Get("/infra?uuids=" + tt.ids).Want(200)
			var got struct {
				Items []struct{ ID string }
			}
			a.Into(&got)
			var ids []string
			for _, item := range got.Items {
				ids = append(ids, item.ID)
			}
			if diff := cmp.Diff(tt.want, ids); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
	srv.acme.Get("/infra").Refused(400, 400)
}
