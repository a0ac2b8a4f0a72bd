package main

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"time"
)

// A curve is what one call costs over the number of users.
type curve struct {
	name   string
	points []point
}

type point struct {
	users int
	took  time.Duration
}

func curves(worlds []*world) []curve {
	var all []curve
	for _, c := range calls() {
		if !c.plot {
			continue
		}
		line := curve{name: strings.ReplaceAll(c.name, "`", "")}
		for _, w := range worlds {
			line.points = append(line.points, point{w.users, w.of(c.name)})
		}
		all = append(all, line)
	}
	return append(all, restartCurve(worlds))
}

func restartCurve(worlds []*world) curve {
	line := curve{name: "restart to readiness"}
	for _, w := range worlds {
		line.points = append(line.points, point{w.users, slices.Min(w.restarted)})
	}
	return line
}

// The plot, in units of the picture.
const (
	width, height            = 960, 560
	left, right, top, bottom = 80, 300, 24, 56
	labelGap                 = 15 // between the names of two lines
	plotWidth, plotHeight    = width - left - right, height - top - bottom
	style                    = `text{font:12px system-ui,sans-serif;fill:#444}.grid{stroke:#8884;stroke-width:1}.line{fill:none;stroke-width:2}` +
		`@media(prefers-color-scheme:dark){text{fill:#ccc}}`
)

// colours are readable on white and on black.
var colours = []string{"#3b82c4", "#d1662a", "#3f9b4f", "#c0504d", "#8a63c9", "#9c6b4f", "#c75a9c", "#7f8c3a", "#2a9fa8", "#808080", "#b8860b"}

// A scale maps decades to the picture.
type scale struct{ x0, x1, y0, y1 float64 } // logarithms: users, and nanoseconds

func scaleOf(curves []curve) scale {
	s := scale{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, c := range curves {
		for _, p := range c.points {
			x, y := math.Log10(float64(p.users)), math.Log10(float64(max(p.took, 1)))
			s = scale{min(s.x0, x), max(s.x1, x), min(s.y0, math.Floor(y)), max(s.y1, math.Ceil(y))}
		}
	}
	if s.x1 == s.x0 {
		s.x1++
	}
	return s
}

func (s scale) x(users float64) float64 {
	return left + (math.Log10(users)-s.x0)/(s.x1-s.x0)*plotWidth
}

func (s scale) y(took time.Duration) float64 {
	return top + (s.y1-math.Log10(float64(max(took, 1))))/(s.y1-s.y0)*plotHeight
}

// plot draws the curves over logarithmic axes, as an SVG that follows the colours of the reader's system.
func plot(curves []curve) string {
	s := scaleOf(curves)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Time of each call over the number of users"><style>%s</style>`+"\n",
		width, height, style)
	s.axes(&b)
	for i, c := range curves {
		s.line(&b, c, colours[i%len(colours)])
	}
	s.names(&b, curves)
	b.WriteString("</svg>\n")
	return b.String()
}

func (s scale) axes(b *strings.Builder) {
	for y := s.y0; y <= s.y1; y++ {
		took := time.Duration(math.Round(math.Pow(10, y)))
		at := s.y(took)
		fmt.Fprintf(b, `<path class="grid" d="M%d %.1fH%d"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			left, at, left+plotWidth, left-8, at+4, axisTime(took))
	}
	for x := math.Ceil(s.x0); x <= s.x1; x++ {
		users := math.Round(math.Pow(10, x))
		fmt.Fprintf(b, `<path class="grid" d="M%.1f %dV%d"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			s.x(users), top, top+plotHeight, s.x(users), top+plotHeight+20, count(int(users)))
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">users (with a tenth as many tenants)</text>`+"\n", left+plotWidth/2, height-10)
	fmt.Fprintf(b, `<text transform="translate(16 %d) rotate(-90)" text-anchor="middle">time of a call, or per listed object</text>`+"\n", top+plotHeight/2)
}

// axisTime is a power of ten without digits behind the point.
func axisTime(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%d s", d/time.Second)
	case d >= time.Millisecond:
		return fmt.Sprintf("%d ms", d/time.Millisecond)
	case d >= time.Microsecond:
		return fmt.Sprintf("%d µs", d/time.Microsecond)
	}
	return fmt.Sprintf("%d ns", d)
}

func (s scale) line(b *strings.Builder, c curve, colour string) {
	fmt.Fprintf(b, `<path class="line" stroke="%s" d="`, colour)
	for i, p := range c.points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		fmt.Fprintf(b, "%s%.1f %.1f", step, s.x(float64(p.users)), s.y(p.took))
	}
	b.WriteString(`"/>` + "\n")
	for _, p := range c.points {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, s.x(float64(p.users)), s.y(p.took), colour)
	}
	b.WriteString("\n")
}

// names writes the name of each line at its end, moved apart where lines end close together.
func (s scale) names(b *strings.Builder, curves []curve) {
	type label struct {
		text, colour string
		end, at      float64
	}
	var labels []label
	for i, c := range curves {
		end := s.y(c.points[len(c.points)-1].took)
		labels = append(labels, label{c.name, colours[i%len(colours)], end, end})
	}
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(a.end, b.end) })
	for i := 1; i < len(labels); i++ {
		labels[i].at = max(labels[i].at, labels[i-1].at+labelGap)
	}
	lowest := float64(top + plotHeight)
	for i := len(labels) - 1; i >= 0; i-- {
		labels[i].at = min(labels[i].at, lowest)
		lowest = labels[i].at - labelGap
	}
	for _, l := range labels {
		fmt.Fprintf(b, `<path class="line" style="stroke-width:1" stroke="%s" d="M%d %.1fL%d %.1f"/><text x="%d" y="%.1f">%s</text>`+"\n",
			l.colour, left+plotWidth+4, l.end, left+plotWidth+22, l.at, left+plotWidth+27, l.at+4, html.EscapeString(l.text))
	}
}
