-- Name of the array that items are from; none of older records, and where a notification is not cut.
ALTER TABLE source ADD COLUMN kind text;
ALTER TABLE source DROP CONSTRAINT source_endpoint_field_account_phone_number_key;
ALTER TABLE source ADD UNIQUE NULLS NOT DISTINCT (endpoint, field, kind, account, phone_number);
