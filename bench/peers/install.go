package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// packages says which Debian package has a program that is missing.
func packages(program string) string {
	return map[string]string{
		"npm": "npm", "node": "nodejs", "java": "default-jre-headless", "unshare": "util-linux", "ip": "iproute2",
	}[program]
}

func have(program string) error {
	if _, err := exec.LookPath(program); err != nil {
		return fmt.Errorf("%s is missing: install it (in Debian the package %s): %w", program, packages(program), err)
	}
	return nil
}

// install brings the packages of the products into the folder, as far as they are not there in their versions.
func install(ctx context.Context, folder string, all []product) error {
	var missing []string
	for _, p := range all {
		if p.needs != "" {
			if err := have(p.needs); err != nil {
				return fmt.Errorf("%s: %w", p.title, err)
			}
		}
		for _, name := range p.npm {
			wanted := name + "@" + p.version
			if installed(folder, name) != p.version && !slices.Contains(missing, wanted) {
				missing = append(missing, wanted)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := have("npm"); err != nil {
		return err
	}
	// No package of the table needs a script of its own to be installed.
	args := append([]string{"install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact"}, missing...)
	if err := measure.Run(ctx, os.Stderr, "npm", args...); err != nil {
		return fmt.Errorf("install %v: %w", missing, err)
	}
	return complete(folder, all)
}

// complete refuses versions other than those of the table.
func complete(folder string, all []product) error {
	for _, p := range all {
		for _, name := range p.npm {
			if got := installed(folder, name); got != p.version {
				return fmt.Errorf("install %s: version %q is there, and %s is wanted", name, got, p.version)
			}
		}
	}
	return nil
}

// installed is the version of a package in the folder, or nothing.
func installed(folder, name string) string {
	text, err := os.ReadFile(filepath.Join(folder, "node_modules", filepath.FromSlash(name), "package.json"))
	if err != nil {
		return ""
	}
	var about struct{ Version string }
	if json.Unmarshal(text, &about) != nil {
		return ""
	}
	return about.Version
}
