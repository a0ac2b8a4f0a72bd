package main

import (
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// typed is what prompt makes of the keys that a person types at a terminal.
func typed(t *testing.T, keys string) (string, error) {
	t.Helper()
	keyboard, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("this machine gives no terminal: %v", err)
	}
	defer func() { _, _ = keyboard.Close(), terminal.Close() }()
	if _, err := io.WriteString(keyboard, keys); err != nil {
		t.Fatal(err)
	}
	var asked strings.Builder
	secret, err := prompt(terminal, &asked, "TENANTRY_CLIENT_SECRET")
	if want := "Secret (TENANTRY_CLIENT_SECRET is not set; what you type is not shown): \n"; asked.String() != want {
		t.Errorf("the question is %q, want %q", asked.String(), want)
	}
	return secret, err
}

func TestASecretIsAskedForAtATerminal(t *testing.T) {
	t.Parallel()
	secret, err := typed(t, "letmein\n")
	if err != nil || secret != "letmein" {
		t.Errorf("got %q, %v", secret, err)
	}
}

func TestAnEmptySecretIsNone(t *testing.T) {
	t.Parallel()
	if _, err := typed(t, "\n"); err == nil || err.Error() != "no secret was typed" {
		t.Errorf("got %v", err)
	}
}
