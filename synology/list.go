package synology

import (
	"context"
	"encoding/json"
	"errors"

	"dirdesk/models"
)

// ListObjects gives one page of the direct children of base with one request:
// at most limit objects, which must be more than 0, from offset on.
func (c *Client) ListObjects(ctx context.Context, base models.DN, categories []models.Category, offset, limit int) (models.Page, error) {
	if categories == nil {
		categories = models.Categories()
	}
	p := params{
		"action": "enum", "scope": "one", // the only attested values
		"basedn": string(base), "objectCategory": categories, "offset": offset, "limit": limit,
	}
	m := methodList
	data, err := c.call(ctx, m, string(base), p)
	if refusedWith(err, codeNoMethod) {
		// The captured client sends the method's name as a JSON text.
		m.quoted = true
		data, err = c.call(ctx, m, string(base), p)
	}
	if err != nil {
		return models.Page{}, err
	}
	page, err := decodePage(data)
	if err != nil {
		return models.Page{}, c.explain(m, string(base), err)
	}
	page.Offset = offset
	if len(page.Objects) > limit {
		page.Objects = page.Objects[:limit:limit]
	}
	return page, nil
}

func refusedWith(err error, code int) bool {
	var refused *failure
	return errors.As(err, &refused) && refused.code == code
}

// decodePage reads {"data":[...],"total":N} (docs/dsm.md section 4.2; live sample).
func decodePage(data json.RawMessage) (models.Page, error) {
	var answer struct {
		Data  []wireObject `json:"data"`
		Total looseInt     `json:"total"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return models.Page{}, notUnderstood(err)
	}
	if answer.Data == nil && !answer.Total.known {
		return models.Page{}, notUnderstood(nil)
	}
	page := models.Page{Objects: make([]models.Object, 0, len(answer.Data)), Total: models.UnknownTotal}
	if answer.Total.known && answer.Total.value >= 0 && answer.Total.value < 1<<31 {
		page.Total = int(answer.Total.value)
	}
	for i := range answer.Data {
		page.Objects = append(page.Objects, answer.Data[i].Object)
	}
	return page, nil
}
