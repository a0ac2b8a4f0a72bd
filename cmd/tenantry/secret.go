package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// secretOf reads a secret from its file, else from its variable, else asks the person at the terminal: it is never taken
// from the command line, which others can see.
func secretOf(variable, flag, file string) (string, error) {
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("%s: %w", flag, err)
		}
		return given(strings.TrimSpace(string(text)), flag+" "+file+" holds no secret: it is empty")
	}
	if secret := os.Getenv(variable); secret != "" {
		return secret, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", fmt.Errorf("the client's secret is missing: put it into the variable %s, or into a file named by %s", variable, flag)
	}
	return prompt(os.Stdin, os.Stderr, variable)
}

// prompt asks for a secret without showing what is typed.
func prompt(in *os.File, out io.Writer, variable string) (string, error) {
	if _, err := fmt.Fprintf(out, "Secret (%s is not set; what you type is not shown): ", variable); err != nil {
		return "", err
	}
	text, err := term.ReadPassword(int(in.Fd()))
	if _, after := fmt.Fprintln(out); err == nil {
		err = after
	}
	if err != nil {
		return "", fmt.Errorf("read the secret: %w", err)
	}
	return given(strings.TrimSpace(string(text)), "no secret was typed")
}

func given(secret, otherwise string) (string, error) {
	if secret == "" {
		return "", errors.New(otherwise)
	}
	return secret, nil
}
