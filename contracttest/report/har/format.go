package har

// The objects of the format, as HAR 1.2 names them.
type (
	archive struct {
		Log log `json:"log"`
	}
	log struct {
		Version string  `json:"version"`
		Creator creator `json:"creator"`
		Pages   []page  `json:"pages"`
		Entries []entry `json:"entries"`
		Comment string  `json:"comment,omitempty"`
	}
	creator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	page struct {
		Started string   `json:"startedDateTime"`
		ID      string   `json:"id"`
		Title   string   `json:"title"`
		Timings struct{} `json:"pageTimings"`
		Comment string   `json:"comment,omitempty"`
	}
	entry struct {
		Page     string   `json:"pageref"`
		Started  string   `json:"startedDateTime"`
		Time     float64  `json:"time"` // ms
		Request  request  `json:"request"`
		Response response `json:"response"`
		Cache    struct{} `json:"cache"`
		Timings  timings  `json:"timings"`

		Step      string   `json:"_step"`
		Operation string   `json:"_operation,omitempty"`
		Verdict   string   `json:"_verdict"`
		Attempts  int      `json:"_attempts,omitempty"`
		Findings  []string `json:"_findings,omitempty"`
	}
	request struct {
		Method      string   `json:"method"`
		URL         string   `json:"url"`
		HTTPVersion string   `json:"httpVersion"`
		Cookies     []pair   `json:"cookies"`
		Headers     []pair   `json:"headers"`
		Query       []pair   `json:"queryString"`
		Post        *content `json:"postData,omitempty"`
		HeadersSize int      `json:"headersSize"`
		BodySize    int      `json:"bodySize"`
	}
	response struct {
		Status      int     `json:"status"`
		StatusText  string  `json:"statusText"`
		HTTPVersion string  `json:"httpVersion"`
		Cookies     []pair  `json:"cookies"`
		Headers     []pair  `json:"headers"`
		Content     content `json:"content"`
		Redirect    string  `json:"redirectURL"`
		HeadersSize int     `json:"headersSize"`
		BodySize    int     `json:"bodySize"`
	}
	pair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	// content is a body. Only that of an answer has a size, and one of a request always has a text.
	content struct {
		Size    *int    `json:"size,omitempty"`
		Type    string  `json:"mimeType"`
		Text    *string `json:"text,omitempty"`
		Comment string  `json:"comment,omitempty"`
	}
	timings struct {
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
)
