package page

import (
	"fmt"
	"os"
	"strings"
)

// Replace writes the section of a page anew. The page must have its marks already: where a section stands is the
// author's to say.
func Replace(path, section, text string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the page of section %q: %w", section, err)
	}
	changed, err := Section(string(old), section, text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := os.WriteFile(path, []byte(changed), 0o644); err != nil { //nolint:gosec // a page of the documentation
		return fmt.Errorf("write section %q: %w", section, err)
	}
	return nil
}

// Section is the page with another text in the section. The marks stand on lines of their own and stay; the text is
// set off by empty lines. A page in which a mark is missing, comes twice or out of order is refused.
func Section(page, section, text string) (string, error) {
	begin, end := "<!-- "+section+":begin -->", "<!-- "+section+":end -->"
	for _, mark := range []string{begin, end} {
		if n := strings.Count(page, mark); n != 1 {
			return "", fmt.Errorf("the mark %s is there %d times; it has to be there once", mark, n)
		}
	}
	head, rest, _ := strings.Cut(page, begin)
	_, tail, found := strings.Cut(rest, end)
	if !found {
		return "", fmt.Errorf("the mark %s comes before %s", end, begin)
	}
	return head + begin + "\n\n" + strings.Trim(text, "\n") + "\n\n" + end + tail, nil
}

// Table is a Markdown table. Every row has as many cells as the head; numbers are aligned right from the second
// column on.
func Table(head []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(head)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---:"
	}
	rule[0] = "---"
	line(rule)
	for _, row := range rows {
		line(row)
	}
	return b.String()
}
