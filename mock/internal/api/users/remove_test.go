package users_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestDeleteAndRestore(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id := activated(api, apitest.Harbor, "phoenix", "first password")
	personal := api.Get("/users/" + id).Text("/personal_tenant_id")
	grant(api, id, role("backup_user", personal)).Want(200)
	token := srv.UserToken("phoenix", "first password")

	api.Delete("/users/" + id).Want(400)
	api.Delete("/users/"+id+"?version=2").Refused(409, 1001)
	if a := api.Delete("/users/" + id + "?version=1").Want(204); len(a.Body) != 0 {
		t.Errorf("delete: got the body %q, want none", a.Body)
	}
	api.Get("/users/" + id).Want(404)
	api.Delete("/users/" + id + "?version=2").Want(404)
	api.Get("/tenants/" + personal).Want(404)
	srv.Bearer(token).Get("/users/me").Want(401)
	gone := api.Get("/users/" + id + "?allow_deleted=true").Want(200)
	if gone.Text("/deleted_at") != gone.Text("/updated_at") || gone.Int("/version") != 2 {
		t.Errorf("deleted user: got %s, want deleted_at as updated_at, version 2", gone.Body)
	}
	api.Get("/users/check_login?username=phoenix").Want(204)

	api.Post("/users/"+id+"/restore", nil).Want(204)
	back := api.Get("/users/" + id).Want(200)
	if back.Value("/deleted_at") != nil || back.Text("/login") != "phoenix" || back.Value("/activated") != true {
		t.Errorf("restored user: got %s", back.Body)
	}
	api.Get("/tenants/" + personal).Want(200)
	srv.UserToken("phoenix", "first password")
	if got := api.Get("/users/" + id + "/access_policies").Want(200).Text("/items/0/role_id"); got != "backup_user" {
		t.Errorf("restored role: got %q", got)
	}
	api.Post("/users/"+id+"/restore", nil).Want(404)
}

// TestLoginsAreReused is what one client does all day (wire facts, clients 1 no. 5).
func TestLoginsAreReused(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	first := newUser(api, apitest.Harbor, "again").Text("/id")
	api.Delete("/users/" + first + "?version=1").Want(204)
	second := newUser(api, apitest.Acme, "Again").Text("/id")

	api.Post("/users/"+first+"/restore", nil).Refused(409, 409)
	api.Get("/users/" + first).Want(404)
	api.Post("/users/"+first+"/restore?force=true", nil).Want(204)
	if got := api.Get("/users/" + first).Want(200).Text("/login"); got == "again" || got[:5] != "again" {
		t.Errorf("restored by force: got login %q, want again with a postfix", got)
	}
	if got := api.Get("/users/" + second).Want(200).Text("/login"); got != "Again" {
		t.Errorf("the user in between: got login %q", got)
	}
}

func TestRestoreEnables(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	for query, want := range map[string]bool{"": false, "?enable=false": false, "?enable=true": true} {
		id := newUser(api, apitest.Harbor, "off", obj{"enabled": false}).Text("/id")
		api.Delete("/users/" + id + "?version=1").Want(204)
		api.Post("/users/"+id+"/restore"+query, nil).Want(204)
		a := api.Get("/users/" + id).Want(200)
		if a.Value("/enabled") != want {
			t.Errorf("restore%s: got enabled %v, want %v", query, a.Value("/enabled"), want)
		}
		api.Delete("/users/" + id + "?version=3").Want(204)
	}
}

func TestRestoreRefusals(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	api.Post("/users/"+apitest.NoSuchID+"/restore", nil).Want(404)
	api.Post("/users/"+userNo(3)+"/restore", nil).Want(404)
	api.Post("/users/"+userNo(23)+"/restore", nil).Refused(403, 1002)
	api.Post("/users/"+userNo(16)+"/restore", nil).Refused(409, 1005) // its tenant is deleted
	api.Post("/users/"+userNo(8)+"/restore", nil).Want(204)
}
