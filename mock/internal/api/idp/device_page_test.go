package idp_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// decideOn logs carer in on the page of a device code and answers the page that asks for the decision.
func (b *browser) decideOn(d *answer) *answer {
	b.t.Helper()
	address := d.text("verification_uri_complete")
	login := b.follow(address)
	b.shows(login, http.StatusOK, "Log in", "")
	onward := b.fill(login, map[string]string{"username": "carer", "password": "open sesame"})
	b.goes(onward, http.StatusSeeOther, strings.TrimPrefix(address, b.url))
	page := b.follow(b.url + onward.Header.Get("Location"))
	b.shows(page, http.StatusOK, "Connect a device", "")
	return page
}

// deny presses the button.
func (w *world) deny(d *answer) {
	w.t.Helper()
	b := w.browser()
	a := b.fill(b.decideOn(d), map[string]string{"decision": "deny"})
	b.shows(a, http.StatusOK, "The device was denied", "")
}

func TestDevicePage(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	b := w.browser()
	page := b.decideOn(d)
	for _, want := range []string{d.text("user_code"), "Desk", "Console", "carer", "Register as a backup agent"} {
		if !strings.Contains(page.main(), want) {
			t.Errorf("the page does not say %q: %s", want, page.main())
		}
	}
	done := b.fill(page, map[string]string{"decision": "approve"})
	b.shows(done, http.StatusOK, "The device is connected", "")
	if a := w.poll(d); a.Status != http.StatusOK {
		t.Errorf("the device got %d %s, want tokens", a.Status, a.Body)
	}
	again := b.fill(page, map[string]string{"decision": "approve"})
	b.shows(again, http.StatusForbidden, "Connect a device", "The code is not known, or was decided on before")
}

func TestDevicePageAsksForTheCode(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	b := w.browser()
	b.decideOn(d)
	ask := b.open("device")
	b.shows(ask, http.StatusOK, "Connect a device", "")
	if !strings.Contains(ask.Body, `<label for="code">`) {
		t.Errorf("the page does not ask for the code: %s", ask.main())
	}
	b.shows(b.open("device?code=wrong"), http.StatusForbidden, "Connect a device", "The code is not known")
	typed := b.open("device?code=" + strings.ToLower(strings.ReplaceAll(d.text("user_code"), "-", "")))
	b.shows(typed, http.StatusOK, "Connect a device", "")
	if !strings.Contains(typed.Body, `value="approve"`) {
		t.Errorf("a code typed in small letters is not found: %s", typed.main())
	}
}

func TestDevicePageEscapesTheDevice(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.form("device_authorization", "", url.Values{
		"client_id": {spa}, "scope": {openAgent}, "display_name": {"<script>alert(1)</script>"},
	}.Encode())
	page := w.browser().decideOn(d)
	if strings.Contains(page.Body, "<script") || !strings.Contains(page.Body, "&lt;script&gt;") {
		t.Errorf("the page repeats the name of the device: %s", page.main())
	}
	b := w.browser()
	if a := b.open("device?code=" + url.QueryEscape(`"><script>alert(1)</script>`)); strings.Contains(a.Body, "<script") {
		t.Errorf("the page repeats the code: %s", a.main())
	}
}

func TestDecisionOfAnotherSite(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d, other := w.device(openAgent), w.device(openFrame)
	b := w.browser()
	page := b.decideOn(d)
	foreign := w.browser().decideOn(d).hidden("csrf")
	elsewhere := b.follow(other.text("verification_uri_complete")).hidden("csrf")
	for name, code := range map[string]string{"none": "", "of another browser": foreign, "of another device": elsewhere} {
		a := b.fill(page, map[string]string{"decision": "approve", "csrf": code})
		if a.Status != http.StatusForbidden || !strings.Contains(a.alert(), "out of date") {
			t.Errorf("%s: got %d with the alert %q, want 403", name, a.Status, a.alert())
		}
	}
	stranger := w.browser()
	stranger.shows(stranger.fill(page, map[string]string{"decision": "approve"}), http.StatusOK, "Log in", "")
	w.refused(w.poll(d), 400, "authorization_pending")
}

func TestDevicePageForWhoMayNotApprove(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	d := w.device(openAgent)
	b := w.browser()
	for login, why := range map[string]string{"visitor": "Only users can approve devices", "admin": "No tenant is named"} {
		page := w.browser()
		login := page.fill(page.follow(d.text("verification_uri_complete")), map[string]string{"username": login, "password": "open sesame"})
		a := page.follow(b.url + login.Header.Get("Location"))
		if a.title() != "Connect a device" || !strings.Contains(a.alert(), why) {
			t.Errorf("got %d %q with %q, want %q", a.Status, a.title(), a.alert(), why)
		}
	}
}

func TestDevicePageWithASecondFactor(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	b := w.browser()
	login := b.open("device")
	factor := b.fill(login, map[string]string{"username": "phone", "password": "open sesame"})
	b.shows(factor, http.StatusOK, "Second factor", "")
	b.goes(b.fill(factor, map[string]string{"totp_code": w.factor(phoneSecret, 0)}), http.StatusSeeOther, "/api/2/idp/device")
}
