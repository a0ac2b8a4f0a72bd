package html_test

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/html"
	"github.com/tenantry/tenantry/contracttest/report/internal/sample"
	"github.com/tenantry/tenantry/openapi"
)

//go:embed testdata/contrast.js
var contrast string

// browser starts one for the test, or skips it where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on the path")
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(
		chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU,
	)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the process, whose files are about to go
		stop()
	})
	return ctx
}

// whole is the sample beside the whole API, as a file.
func whole(t *testing.T) (address string) {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := html.Write(&page, sample.Report(), coverage.Of(sample.Report().Coverage, doc, nil)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, page.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: file}).String()
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestThePageIsReadableInABrowser(t *testing.T) {
	t.Parallel()
	ctx, address := browser(t), whole(t)
	pictures := t.ArtifactDir()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{400, 1400} {
			do(ctx, t, chromedp.EmulateViewport(width, 900))
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			}); err != nil {
				t.Fatal(err)
			}
			do(ctx, t, chromedp.Navigate(address))
			name := fmt.Sprintf("%s at %d", scheme, width)
			if wide := ask[int64](ctx, t, "document.scrollingElement.scrollWidth"); wide > width {
				t.Errorf("%s: the page is %d wide", name, wide)
			}
			picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(pictures, fmt.Sprintf("report-%s-%d.png", scheme, width)), picture, 0o600); err != nil {
				t.Fatal(err)
			}
			do(ctx, t, chromedp.Evaluate[chromedp.Void]("document.querySelectorAll('details').forEach((d) => { d.open = true; })"))
			if faint := ask[[]string](ctx, t, contrast); len(faint) > 0 {
				t.Errorf("%s: hard to read: %q", name, faint)
			}
			if wide := ask[int64](ctx, t, "document.scrollingElement.scrollWidth"); wide > width {
				t.Errorf("%s: the page is %d wide when all is open", name, wide)
			}
		}
	}
}

func TestTheScriptFiltersAndFollows(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	do(ctx, t, chromedp.Navigate(whole(t)))
	const shown = "Array.from(document.querySelectorAll('article')).filter((a) => !a.hidden).map((a) => a.id).join(' ')"
	for _, tt := range []struct{ claim, act, want string }{
		{"all are shown", "1", "s1 s2 s3 s4 s5 s6"},
		{"only what did not pass", "document.querySelector('[value=bad]').click()", "s2 s4 s6"},
		{"and only with a text", "form.elements.text.value = 'StaLe'; form.elements.text.dispatchEvent(new Event('input', {bubbles: true}))", "s2"},
		{"a link shows what it leads to", "location.hash = '#s3-2'; follow()", "s2 s3"},
		{"and opens it", "document.querySelector('#s3-2 details').open && document.querySelector('#s3 details').open || document.body.remove()", "s2 s3"},
		{"nothing of the report ran", "typeof " + sample.Marker + " === 'undefined' && document.scripts.length === 1 || document.body.remove()", "s2 s3"},
	} {
		ask[any](ctx, t, tt.act+"; 0")
		if got := ask[string](ctx, t, shown); got != tt.want {
			t.Errorf("%s: shown are %q, want %q", tt.claim, got, tt.want)
		}
	}
}
