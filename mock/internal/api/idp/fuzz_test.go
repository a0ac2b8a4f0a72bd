package idp_test

import (
	"net/http"
	"strings"
	"testing"
)

// FuzzTokenForm holds that no form breaks the endpoint, and that no refusal repeats a secret.
func FuzzTokenForm(f *testing.F) {
	for _, form := range []string{
		"grant_type=client_credentials&client_id=" + api + "&client_secret=s3cr3t-of-the-caller",
		"grant_type=client_credentials&client_id=s3cr3t-of-the-caller&client_secret=" + api,
		"grant_type=password&username=admin&password=s3cr3t-of-the-caller&scope=openid+offline_access",
		"grant_type=refresh_token&refresh_token=s3cr3t-of-the-caller&client_id=" + public,
		"grant_type=s3cr3t-of-the-caller&scope=urn:acronis.com::account-server::root_admin",
		"grant_type=client_credentials&scope=urn:acronis.com:tenant-id:s3cr3t-of-the-caller",
		"grant_type=password&grant_type=x&%zz;;=&not_required_introspection=s3cr3t-of-the-caller",
		"grant_type=authorization_code&code=s3cr3t-of-the-caller&client_id=" + spa + "&code_verifier=" + verifier,
		"grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=s3cr3t-of-the-caller&client_id=" + spa,
		"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=s3cr3t-of-the-caller.e30.x",
		"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=AAAA-BBBB-CCCC&scope=" + openAgent,
		"grant_type=md5_password&username=phone&password=s3cr3t-of-the-caller&totp_code=000000",
		"client_id=" + spa + "&scope=" + openAgent + "&scope=urn:acronis.com:tenant-id:x:y&display_name=s3cr3t-of-the-caller",
		"\xff\x00=&&&", "",
	} {
		f.Add("token", form)
		f.Add("revoke_token", form+"&token=s3cr3t-of-the-caller")
		f.Add("device_authorization", form)
	}
	w := startPeople(f)
	f.Fuzz(func(t *testing.T, path, form string) {
		if path != "token" && path != "revoke_token" && path != "device_authorization" {
			t.Skip("another operation")
		}
		a := w.of(t).form(path, "", form)
		switch a.Status {
		case http.StatusOK:
			return
		case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		default:
			t.Fatalf("%s %q: got %d: %s", path, form, a.Status, a.Body)
		}
		if a.text("error") == "" || a.text("error_description") == "" {
			t.Errorf("%s %q: got %d %s, want the flat envelope", path, form, a.Status, a.Body)
		}
		if strings.Contains(a.Body, "s3cr3t-of-the-caller") {
			t.Errorf("%s %q: the refusal repeats a secret: %s", path, form, a.Body)
		}
	})
}
