package users_test

import (
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestSetPassword(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	id := newUser(api, apitest.Harbor, "secretive").Text("/id")
	srv.Basic("secretive", "anything").Get("/users/me").Want(401)

	const words = "пароль 🔑 \"\\ with  blanks"
	api.Post("/users/"+id+"/password", obj{"password": words, "version": 1}).Want(204)
	a := api.Get("/users/" + id).Want(200)
	if a.Value("/activated") != true || a.Int("/version") != 1 || a.Text("/updated_at") == a.Text("/created_at") {
		t.Errorf("got %s, want an activated user at version 1, updated later than created", a.Body)
	}
	token := srv.UserToken("secretive", words)

	api.Post("/users/"+id+"/password", obj{"password": "another"}).Want(204)
	grant(api, id, role("company_admin", apitest.Harbor)).Want(200)
	srv.Bearer(token).Get("/users/me").Want(401)
	srv.Basic("secretive", words).Get("/users/me").Want(401)
	srv.Basic("secretive", "another").Get("/users/me").Want(200)
}

func TestSetPasswordRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	own := newUser(api, apitest.Acme, "own-tenant").Text("/id")
	shared := newUser(api, apitest.Harbor, "admin@globex-services.example", obj{"use_existing_identity": true}).Text("/id")
	body := obj{"password": "correct horse"}
	for name, tt := range map[string]struct {
		by           *apitest.Client
		user         string
		body         any
		status, code int
	}{
		"a user cannot":                              {srv.Admin(), userNo(3), body, 403, 1002},
		"not even with a token":                      {srv.Bearer(srv.UserToken(apitest.AdminLogin, apitest.AdminPassword)), userNo(3), body, 403, 1002},
		"a client cannot in its own tenant":          {api, own, body, 403, 1002},
		"nor in a foreign one":                       {api, userNo(23), body, 403, 1002},
		"nor in a closed one":                        {api, userNo(17), body, 403, 1002},
		"nor for an identity that is used elsewhere": {api, shared, body, 403, 1002},
		"nor for nobody":                             {api, apitest.NoSuchID, body, 404, 404},
		"nor for the deleted":                        {api, userNo(8), body, 404, 404},
		"an empty one is none":                       {api, userNo(3), obj{"password": ""}, 400, 400},
		"none is none":                               {api, userNo(3), obj{}, 400, 400},
	} {
		t.Run(name, func(t *testing.T) {
			tt.by.In(t).Post("/users/"+tt.user+"/password", tt.body).Refused(tt.status, tt.code)
		})
	}
	srv.Root().Post("/users/"+own+"/password", body).Want(204)
	srv.UserToken("own-tenant", "correct horse")
}

func TestActivationEmail(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	path := func(n int) string { return "/users/" + userNo(n) + "/send-activation-email" }
	api.Post(path(5), nil).Want(204)
	api.Post(path(5), obj{}).Want(204)
	api.Post(path(3), nil).Want(204)
	api.Post(path(7), nil).Refused(403, 1018)
	api.Post(path(8), nil).Want(404)
	api.Post(path(23), nil).Refused(403, 1002)
	srv.Basic("viewer@acme-msp.example", "Passw0rd!").Post(path(5), nil).Refused(403, 1002)
	if api.Get("/users/"+userNo(5)).Int("/version") != 1 {
		t.Error("an activation mail changed the user")
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Nobody()
	for name, tt := range map[string]struct {
		hash string
		want any
	}{
		"password":                   {"5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8", true},
		"in lower case":              {"5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", true},
		"123456":                     {"7C4A8D09CA3762AF61E59520943DC26494F8941B", true},
		"qwerty":                     {"B1B3773A05C0ED0176787A4F1574FF0075F7521E", true},
		"the reference's example":    {"970C2D1A9869F18291D85BC389B33F0739496DE9", false},
		"correct horse battery stap": {strings.Repeat("0", 40), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := api.In(t).Post("/users/check_password", obj{"password": tt.hash}).Want(200).Value("/compromised"); got != tt.want {
				t.Errorf("compromised: got %v, want %v", got, tt.want)
			}
		})
	}
	for name, hash := range map[string]string{"too short": "5BAA61E4", "no digits": strings.Repeat("x", 40), "empty": "", "too long": strings.Repeat("0", 42)} {
		t.Run(name, func(t *testing.T) { api.In(t).Post("/users/check_password", obj{"password": hash}).Refused(400, 400) })
	}
}
