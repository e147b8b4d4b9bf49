/* Builds every file of this folder into the binary: at run time the toolkit needs none. A file that is added here is added
 * to the list; a test holds the two against each other. */
#include "Mappings.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char rules_CC917A_yaml[] = {
#embed "rules/CC917A.yaml"
};
static const unsigned char rules_CD034A_yaml[] = {
#embed "rules/CD034A.yaml"
};
static const unsigned char rules_CD037A_yaml[] = {
#embed "rules/CD037A.yaml"
};
static const unsigned char rules_CD906A_yaml[] = {
#embed "rules/CD906A.yaml"
};
static const unsigned char rules_v1_bad_request_yaml[] = {
#embed "rules/v1-bad-request.yaml"
};
static const unsigned char rules_v1_balance_yaml[] = {
#embed "rules/v1-balance.yaml"
};
static const unsigned char rules_v1_error_code_first_yaml[] = {
#embed "rules/v1-error-code-first.yaml"
};
static const unsigned char rules_v1_error_yaml[] = {
#embed "rules/v1-error.yaml"
};
static const unsigned char rules_v1_framework_error_yaml[] = {
#embed "rules/v1-framework-error.yaml"
};
static const unsigned char rules_v1_functional_error_yaml[] = {
#embed "rules/v1-functional-error.yaml"
};
static const unsigned char rules_v1_invalid_json_yaml[] = {
#embed "rules/v1-invalid-json.yaml"
};
static const unsigned char rules_v1_no_content_yaml[] = {
#embed "rules/v1-no-content.yaml"
};
static const unsigned char rules_v1_pending_yaml[] = {
#embed "rules/v1-pending.yaml"
};
static const unsigned char rules_v1_query_yaml[] = {
#embed "rules/v1-query.yaml"
};
static const unsigned char rules_v1_state_functional_error_yaml[] = {
#embed "rules/v1-state-functional-error.yaml"
};
static const unsigned char rules_v1_state_pending_yaml[] = {
#embed "rules/v1-state-pending.yaml"
};
static const unsigned char rules_v1_state_query_yaml[] = {
#embed "rules/v1-state-query.yaml"
};
static const unsigned char rules_v1_state_success_yaml[] = {
#embed "rules/v1-state-success.yaml"
};
static const unsigned char rules_v1_state_xml_error_yaml[] = {
#embed "rules/v1-state-xml-error.yaml"
};
static const unsigned char rules_v2_balance_yaml[] = {
#embed "rules/v2-balance.yaml"
};
static const unsigned char rules_v2_error_yaml[] = {
#embed "rules/v2-error.yaml"
};
static const unsigned char rules_v2_framework_error_yaml[] = {
#embed "rules/v2-framework-error.yaml"
};
static const unsigned char rules_v2_no_content_yaml[] = {
#embed "rules/v2-no-content.yaml"
};
static const unsigned char rules_v2_query_yaml[] = {
#embed "rules/v2-query.yaml"
};
static const unsigned char schemas_CC917A_xsd[] = {
#embed "schemas/CC917A.xsd"
};
static const unsigned char schemas_CD034A_xsd[] = {
#embed "schemas/CD034A.xsd"
};
static const unsigned char schemas_CD037A_xsd[] = {
#embed "schemas/CD037A.xsd"
};
static const unsigned char schemas_CD906A_xsd[] = {
#embed "schemas/CD906A.xsd"
};
static const unsigned char schemas_framework_error_json[] = {
#embed "schemas/framework-error.json"
};
static const unsigned char schemas_no_content_json[] = {
#embed "schemas/no-content.json"
};
static const unsigned char schemas_v1_bad_request_json[] = {
#embed "schemas/v1-bad-request.json"
};
static const unsigned char schemas_v1_balance_json[] = {
#embed "schemas/v1-balance.json"
};
static const unsigned char schemas_v1_error_code_first_json[] = {
#embed "schemas/v1-error-code-first.json"
};
static const unsigned char schemas_v1_error_json[] = {
#embed "schemas/v1-error.json"
};
static const unsigned char schemas_v1_functional_error_json[] = {
#embed "schemas/v1-functional-error.json"
};
static const unsigned char schemas_v1_invalid_json_json[] = {
#embed "schemas/v1-invalid-json.json"
};
static const unsigned char schemas_v1_pending_json[] = {
#embed "schemas/v1-pending.json"
};
static const unsigned char schemas_v1_query_json[] = {
#embed "schemas/v1-query.json"
};
static const unsigned char schemas_v1_state_functional_error_json[] = {
#embed "schemas/v1-state-functional-error.json"
};
static const unsigned char schemas_v1_state_pending_json[] = {
#embed "schemas/v1-state-pending.json"
};
static const unsigned char schemas_v1_state_query_json[] = {
#embed "schemas/v1-state-query.json"
};
static const unsigned char schemas_v1_state_success_json[] = {
#embed "schemas/v1-state-success.json"
};
static const unsigned char schemas_v1_state_xml_error_json[] = {
#embed "schemas/v1-state-xml-error.json"
};
static const unsigned char schemas_v2_balance_json[] = {
#embed "schemas/v2-balance.json"
};
static const unsigned char schemas_v2_error_json[] = {
#embed "schemas/v2-error.json"
};
static const unsigned char schemas_v2_query_json[] = {
#embed "schemas/v2-query.json"
};
static const unsigned char tables_conditions_yaml[] = {
#embed "tables/conditions.yaml"
};
static const unsigned char tables_differences_yaml[] = {
#embed "tables/differences.yaml"
};

#define FILE(name, bytes) {name, bytes, sizeof(bytes)}

static const nctsbridge_mapping_file files[] = {
    FILE("rules/CC917A.yaml", rules_CC917A_yaml),
    FILE("rules/CD034A.yaml", rules_CD034A_yaml),
    FILE("rules/CD037A.yaml", rules_CD037A_yaml),
    FILE("rules/CD906A.yaml", rules_CD906A_yaml),
    FILE("rules/v1-bad-request.yaml", rules_v1_bad_request_yaml),
    FILE("rules/v1-balance.yaml", rules_v1_balance_yaml),
    FILE("rules/v1-error-code-first.yaml", rules_v1_error_code_first_yaml),
    FILE("rules/v1-error.yaml", rules_v1_error_yaml),
    FILE("rules/v1-framework-error.yaml", rules_v1_framework_error_yaml),
    FILE("rules/v1-functional-error.yaml", rules_v1_functional_error_yaml),
    FILE("rules/v1-invalid-json.yaml", rules_v1_invalid_json_yaml),
    FILE("rules/v1-no-content.yaml", rules_v1_no_content_yaml),
    FILE("rules/v1-pending.yaml", rules_v1_pending_yaml),
    FILE("rules/v1-query.yaml", rules_v1_query_yaml),
    FILE("rules/v1-state-functional-error.yaml", rules_v1_state_functional_error_yaml),
    FILE("rules/v1-state-pending.yaml", rules_v1_state_pending_yaml),
    FILE("rules/v1-state-query.yaml", rules_v1_state_query_yaml),
    FILE("rules/v1-state-success.yaml", rules_v1_state_success_yaml),
    FILE("rules/v1-state-xml-error.yaml", rules_v1_state_xml_error_yaml),
    FILE("rules/v2-balance.yaml", rules_v2_balance_yaml),
    FILE("rules/v2-error.yaml", rules_v2_error_yaml),
    FILE("rules/v2-framework-error.yaml", rules_v2_framework_error_yaml),
    FILE("rules/v2-no-content.yaml", rules_v2_no_content_yaml),
    FILE("rules/v2-query.yaml", rules_v2_query_yaml),
    FILE("schemas/CC917A.xsd", schemas_CC917A_xsd),
    FILE("schemas/CD034A.xsd", schemas_CD034A_xsd),
    FILE("schemas/CD037A.xsd", schemas_CD037A_xsd),
    FILE("schemas/CD906A.xsd", schemas_CD906A_xsd),
    FILE("schemas/framework-error.json", schemas_framework_error_json),
    FILE("schemas/no-content.json", schemas_no_content_json),
    FILE("schemas/v1-bad-request.json", schemas_v1_bad_request_json),
    FILE("schemas/v1-balance.json", schemas_v1_balance_json),
    FILE("schemas/v1-error-code-first.json", schemas_v1_error_code_first_json),
    FILE("schemas/v1-error.json", schemas_v1_error_json),
    FILE("schemas/v1-functional-error.json", schemas_v1_functional_error_json),
    FILE("schemas/v1-invalid-json.json", schemas_v1_invalid_json_json),
    FILE("schemas/v1-pending.json", schemas_v1_pending_json),
    FILE("schemas/v1-query.json", schemas_v1_query_json),
    FILE("schemas/v1-state-functional-error.json", schemas_v1_state_functional_error_json),
    FILE("schemas/v1-state-pending.json", schemas_v1_state_pending_json),
    FILE("schemas/v1-state-query.json", schemas_v1_state_query_json),
    FILE("schemas/v1-state-success.json", schemas_v1_state_success_json),
    FILE("schemas/v1-state-xml-error.json", schemas_v1_state_xml_error_json),
    FILE("schemas/v2-balance.json", schemas_v2_balance_json),
    FILE("schemas/v2-error.json", schemas_v2_error_json),
    FILE("schemas/v2-query.json", schemas_v2_query_json),
    FILE("tables/conditions.yaml", tables_conditions_yaml),
    FILE("tables/differences.yaml", tables_differences_yaml),
};

size_t nctsbridge_mapping_file_count(void) { return sizeof(files) / sizeof(files[0]); }

nctsbridge_mapping_file nctsbridge_mapping_file_at(size_t index) {
    static const nctsbridge_mapping_file none = {0, 0, 0};
    return index < nctsbridge_mapping_file_count() ? files[index] : none;
}
