package registration_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestLists(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api, other := srv.Partner(), srv.Basic(globexClient, globexSecret)
	brought := listed(t, api.Get("/registration_tokens"))
	harbor, elenas, mias := made(api, apitest.Harbor, 60), made(api, elenasOwn, 60), made(api, miasOwn, 60)
	second, own := made(api, elenasOwn, 60), made(api, apitest.Acme, 60)
	foreign := made(other, globex, 60)

	for name, tt := range map[string]struct {
		answer *apitest.Answer
		want   []int64
	}{
		"a tenant's own, oldest first":           {api.Get(of(elenasOwn)), []int64{elenas, second}},
		"not those of tenants below":             {api.Get(of(apitest.Harbor)), []int64{harbor}},
		"none is an empty list":                  {api.Get(of(radiology)), []int64{}},
		"all within reach":                       {api.Get("/registration_tokens"), []int64{harbor, elenas, mias, second, own}},
		"of a user, those of the personal one":   {srv.Basic(mia, apitest.AdminPassword).Get("/registration_tokens"), []int64{mias}},
		"another partner sees its own":           {other.Get("/registration_tokens"), []int64{foreign}},
		"a company administrator those below it": {srv.Basic(elena, apitest.AdminPassword).Get("/registration_tokens"), []int64{harbor, elenas, mias, second}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, listed(t, tt.answer, brought...)); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
		})
	}
	api.Get(of(globex)).Refused(403, 1002)
	api.Get(of(vault)).Refused(403, 1002)
	api.Get(of(oldMill)).Refused(404, 404)
	api.Get(of(apitest.NoSuchID)).Refused(404, 404)
	srv.Basic(viewer, apitest.AdminPassword).Get("/registration_tokens").Refused(403, 1002)
}

func TestATokenIsListedAsItWasAnswered(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	var answered obj
	api.Post(of(radiology), want(60, bindHere)).Want(200).Into(&answered)
	var list struct{ Items []obj }
	api.Get(of(radiology)).Want(200).Into(&list)
	if diff := cmp.Diff([]obj{answered}, list.Items); diff != "" {
		t.Errorf("the list mismatch (-answered +listed):\n%s", diff)
	}
}

func TestDeletion(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id, kept := made(api, radiology, 60), made(api, radiology, 60)
	srv.Basic(globexClient, globexSecret).Delete(one(id)).Refused(403, 1002)
	srv.Basic(mia, apitest.AdminPassword).Delete(one(id)).Refused(403, 1002)
	api.Delete(one(id)).Want(204)
	api.Delete(one(id)).Refused(404, 404)
	if diff := cmp.Diff([]int64{kept}, listed(t, api.Get(of(radiology)))); diff != "" {
		t.Errorf("what is left mismatch (-want +got):\n%s", diff)
	}
	for _, none := range []string{"0", "-1", "999999", "first", "99999999999999999999", apitest.NoSuchID} {
		api.Delete("/registration_tokens/"+none).Refused(404, 404)
	}
	if next := made(api, radiology, 60); next <= kept {
		t.Errorf("a later token has id %d, want one above %d", next, kept)
	}
}

func TestTokensExpireByTheClock(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	srv.Freeze()
	api := srv.Partner()
	short, long := made(api, radiology, 60), made(api, radiology, 120)
	check := func(claim string, after time.Duration, want ...int64) {
		t.Helper()
		if err := srv.Advance(after); err != nil {
			t.Fatalf("advance the clock: %v", err)
		}
		if diff := cmp.Diff(want, listed(t, api.Get(of(radiology)))); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", claim, diff)
		}
	}
	check("in its last second", 59*time.Second, short, long)
	check("after it", time.Second, long)
	api.Delete(one(short)).Refused(404, 404)
	api.Delete(one(long)).Want(204)
}

func TestTokensShareTheFateOfTheirTenant(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	id := made(api, birch, 3600)
	path := "/tenants/" + birch
	api.Put(path, obj{"version": api.Get(path).Int("/version"), "enabled": false}).Want(200)
	api.Delete(fmt.Sprintf("%s?version=%d", path, api.Get(path).Int("/version"))).Want(204)
	api.Get(of(birch)).Refused(404, 404)
	api.Delete(one(id)).Refused(404, 404)
	for _, left := range listed(t, api.Get("/registration_tokens")) {
		if left == id {
			t.Error("the token of a deleted tenant is listed")
		}
	}
	api.Post(path+"/restore", nil).Want(204)
	if diff := cmp.Diff([]int64{id}, listed(t, api.Get(of(birch)))); diff != "" {
		t.Errorf("restored: mismatch (-want +got):\n%s", diff)
	}
}
