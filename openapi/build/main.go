// Command build writes the OpenAPI document: the facts in reference.json with
// overlay.yaml laid over them. It is run by go generate in the folder openapi;
// with -import it first renews reference.json from the vendor's reference.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/tenantry/tenantry/openapi/build/assemble"
)

func main() {
	dir := flag.String("dir", ".", "folder that holds reference.json and overlay.yaml")
	source := flag.String("import", "", "vendor's reference document to import first")
	flag.Parse()
	if err := run(*dir, *source); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(dir, source string) error {
	if source != "" {
		if err := assemble.Import(dir, source); err != nil {
			return err
		}
	}
	return assemble.Generate(dir)
}
