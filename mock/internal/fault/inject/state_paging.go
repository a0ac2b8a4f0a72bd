package inject

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
)

// concerned tells whether the kind is about the operation. A list that is none of its own would be spoiled in another way
// than the rule says.
func concerned(c *call) bool {
	return c.ex.Operation != nil && slices.Contains(c.hit.Kind.Operations, c.ex.Operation.ID)
}

func paginationShift(ctx context.Context, c *call) error {
	if !concerned(c) {
		return c.next(ctx, c.ex)
	}
	p := c.hit.Params.(*fault.PaginationShift)
	after := c.ex.Request.URL.Query().Get("after")
	if after != "" && p.Mode == fault.PageExpire {
		return expireCursor(ctx, c)
	}
	if err := c.next(ctx, c.ex); err != nil || c.ex.Reply.Status != http.StatusOK {
		return err
	}
	switch {
	case p.Mode == fault.PageSkip:
		return skipItems(c, p.Items)
	case p.Mode == fault.PageRepeat && after != "":
		return repeatPage(c.ex, after)
	}
	return nil
}

// expireCursor sends another cursor on, which the operation refuses in its own words.
func expireCursor(ctx context.Context, c *call) error {
	came := c.ex.Request
	defer func() { c.ex.Request = came }()
	u := *came.URL
	query := u.Query()
	query.Set("after", "expired")
	u.RawQuery = query.Encode()
	c.ex.Request = came.WithContext(ctx)
	c.ex.Request.URL = &u
	if err := c.next(ctx, c.ex); err != nil {
		return err
	}
	refusal := &model.Error{}
	if errors.As(c.ex.Err, &refusal) && refusal.Reason == "invalid_cursor" {
		c.ex.Inject()
	}
	return nil
}

// repeatPage makes a page name the cursor that led to it as that of the next page, so that a client gets it again.
func repeatPage(ex *op.Exchange, after string) error {
	return edit(ex, "paging", map[string]any{"cursors": map[string]string{"after": after}})
}

// skipItems leaves out n items that chance picks.
func skipItems(c *call, n int) error {
	var page struct {
		Items []json.RawMessage `json:"items"`
	}
	if json.Unmarshal(c.ex.Reply.Body, &page) != nil || len(page.Items) == 0 {
		return nil
	}
	for i := range min(n, len(page.Items)) {
		drawn := c.hit.Chance("item " + strconv.Itoa(i))
		at := int(drawn * float64(len(page.Items)))
		page.Items = slices.Delete(page.Items, at, at+1)
	}
	return edit(c.ex, "items", page.Items)
}
