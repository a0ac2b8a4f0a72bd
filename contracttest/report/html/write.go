package html

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
)

//go:embed page.html scenario.html coverage.html
var pages embed.FS

//go:embed page.css
var style string

//go:embed page.js
var script string

// Write writes the page. The grid is that of the coverage; without one the page says nothing of it.
func Write(w io.Writer, r *report.Report, grid *coverage.Table) error {
	t, err := template.New("page.html").Funcs(functions()).ParseFS(pages, "*.html")
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	if err := t.Execute(w, view(r, grid)); err != nil {
		return fmt.Errorf("write the report as HTML: %w", err)
	}
	return nil
}

// policy allows the page its own style and script, and nothing else.
func policy() string {
	return fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s'", hash(style), hash(script))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
