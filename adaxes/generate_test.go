package adaxes

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"dirdesk/models"
)

// valueOf draws values of a type in the form of models.Property.
func valueOf(kind models.PropertyType) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		switch kind {
		case models.DNString:
			return string(models.DN("CN=Users,DC=example,DC=com").Child("CN", rapid.StringMatching(`[A-Za-z][A-Za-z ,+"\\<>;=#é]{0,8}[a-z]`).Draw(t, "cn")))
		case models.Boolean:
			return rapid.SampledFrom([]string{"TRUE", "FALSE"}).Draw(t, "bool")
		case models.Integer:
			return strconv.Itoa(int(rapid.Int32().Draw(t, "int")))
		case models.LargeInteger:
			return strconv.FormatInt(rapid.Int64().Draw(t, "large"), 10)
		case models.OctetString:
			return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "octets"))
		case models.LogonHours:
			return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 21, 21).Draw(t, "hours"))
		case models.UTCTime:
			return moment(t)
		case models.Timestamp:
			if rapid.Bool().Draw(t, "never") {
				return models.NeverText
			}
			return moment(t)
		case models.NumericString:
			return rapid.StringMatching(`[0-9][0-9 ]{0,9}`).Draw(t, "digits")
		case models.PrintableString:
			return rapid.StringMatching(`[!-~][ -~]{0,9}`).Draw(t, "plain")
		case models.CaseExactString, models.CaseIgnoreString:
		}
		return rapid.StringMatching(`[^\x00]{1,12}`).Draw(t, "text")
	})
}

// moment is a time from 1602 to 9998.
func moment(t *rapid.T) string {
	seconds := rapid.Int64Range(-11_612_937_600, 253_370_764_799).Draw(t, "seconds")
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}

// modification draws one that a request can say.
func modification() *rapid.Generator[models.Modification] {
	return rapid.Custom(func(t *rapid.T) models.Modification {
		var m models.Modification
		for i := range rapid.IntRange(0, 4).Draw(t, "properties") {
			m.Properties = append(m.Properties, change(fmt.Sprintf("contoso-%d", i)).Draw(t, "change"))
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "licences") {
			m.Licences = append(m.Licences, models.LicenceChange{SKU: fmt.Sprintf("SKU_%d", i), Assigned: rapid.Bool().Draw(t, "assigned")})
		}
		return m
	})
}

func change(name string) *rapid.Generator[models.PropertyChange] {
	return rapid.Custom(func(t *rapid.T) models.PropertyChange {
		p := models.PropertyChange{Name: name, Type: rapid.SampledFrom(models.PropertyTypes()).Draw(t, "type")}
		if p.Type == models.Integer && rapid.Bool().Draw(t, "masked") {
			p.Masked, p.Mask = true, rapid.Int32().Draw(t, "mask")
			p.Values = []string{valueOf(p.Type).Draw(t, "value")}
			return p
		}
		p.Operation = models.Operation(rapid.IntRange(0, 2).Draw(t, "operation"))
		least := 1
		if p.Operation == models.Replace {
			least = 0
		}
		p.Values = rapid.SliceOfN(valueOf(p.Type), least, 3).Draw(t, "values")
		return p
	})
}
