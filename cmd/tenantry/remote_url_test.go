package main

import "testing"

func TestTheControlPlaneIsNamedByAddressOrURL(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"127.0.0.1:8081":                   "http://127.0.0.1:8081",
		"localhost:8081":                   "http://localhost:8081",
		":8081":                            "http://127.0.0.1:8081",
		"0.0.0.0:8081":                     "http://127.0.0.1:8081",
		"[::]:8081":                        "http://127.0.0.1:8081",
		"[::1]:8081":                       "http://[::1]:8081",
		"http://[::1]":                     "http://[::1]",
		"http://mock.test/":                "http://mock.test",
		"http://127.0.0.1:8081/_mock/v1":   "http://127.0.0.1:8081",
		"https://mock.test:1/a/_mock/v1/":  "https://mock.test:1/a",
		"https://ci.example/tenantry/mock": "https://ci.example/tenantry/mock",
	} {
		if got, err := controlURL(given); err != nil || got != want {
			t.Errorf("controlURL(%q): got %q, %v, want %q", given, got, err, want)
		}
	}
	for _, given := range []string{"", "off", "unix:///tmp/socket", "http://", "http://a b"} {
		if got, err := controlURL(given); err == nil {
			t.Errorf("controlURL(%q): got %q, want a refusal", given, got)
		}
	}
}

func TestOnlyTheLoopbackNeedsNoToken(t *testing.T) {
	t.Parallel()
	for address, open := range map[string]bool{
		"127.0.0.1:8081": true, "127.1.2.3:0": true, "[::1]:8081": true, "localhost:8081": true, "LocalHost:0": true, "off": true,
		":8081": false, "0.0.0.0:8081": false, "[::]:8081": false, "192.0.2.1:8081": false, "mock.test:8081": false,
	} {
		bare, guarded := controlFlags{address: address}, controlFlags{address: address, token: "secret"}
		if err := bare.check(); (err == nil) != open {
			t.Errorf("--control %s without a token: %v", address, err)
		}
		if err := guarded.check(); err != nil {
			t.Errorf("--control %s with a token: %v", address, err)
		}
	}
}
