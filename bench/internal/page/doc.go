// Package page keeps measured results in pages that people write: a section of a Markdown page between two comments
// belongs to a program, and the rest to the author.
//
//	<!-- growth:begin -->
//	…
//	<!-- growth:end -->
//
//	err := page.Replace("docs/performance.md", "growth", text)
package page
