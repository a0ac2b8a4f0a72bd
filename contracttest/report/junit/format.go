package junit

import "encoding/xml"

// The elements.
type (
	suites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		counts
		Time   string  `xml:"time,attr"`
		Suites []suite `xml:"testsuite"`
	}
	suite struct {
		Name string `xml:"name,attr"`
		counts
		Time       string      `xml:"time,attr"`
		Timestamp  string      `xml:"timestamp,attr"`
		File       string      `xml:"file,attr,omitempty"`
		Properties *properties `xml:"properties"`
		Cases      []testcase  `xml:"testcase"`
	}
	counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	properties struct {
		Properties []property `xml:"property"`
	}
	property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	testcase struct {
		Name       string      `xml:"name,attr"`
		Class      string      `xml:"classname,attr"`
		Time       string      `xml:"time,attr"`
		File       string      `xml:"file,attr,omitempty"`
		Line       int         `xml:"line,attr,omitempty"`
		Properties *properties `xml:"properties"`
		Failure    *outcome    `xml:"failure"`
		Error      *outcome    `xml:"error"`
		Skipped    *outcome    `xml:"skipped"`
		Output     *text       `xml:"system-out"`
	}
	outcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		text
	}
	// text is a text with its lines as they are, where the encoder would write a reference for each end of line.
	text struct {
		Escaped []byte `xml:",innerxml"`
	}
)

// add counts a case.
func (c *counts) add(t *testcase) {
	c.Tests++
	switch {
	case t.Failure != nil:
		c.Failures++
	case t.Error != nil:
		c.Errors++
	case t.Skipped != nil:
		c.Skipped++
	}
}

// all adds the numbers of a suite.
func (c *counts) all(o counts) {
	c.Tests += o.Tests
	c.Failures += o.Failures
	c.Errors += o.Errors
	c.Skipped += o.Skipped
}
